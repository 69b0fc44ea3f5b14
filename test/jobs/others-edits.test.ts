import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import type { LoadedFile, Outlook } from '../../src/actions/outlook.ts'
import type { Policy } from '../../src/approval/policy/policy.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalMaker, createProposalStore } from '../../src/approval/proposal-store.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { offerFor, type Offered } from '../../src/jobs/offer.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { approver, hostOf, newId, note, now, presserOf, quiet, requestFor, unread } from '../support/bench-of-queues.ts'
import { backendDown, backendDownFinding } from '../support/diagnosis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { policyWith } from '../support/policies.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const refuse = policyWith([approver], { othersEdits: 'refuse' })
const allow = policyWith([approver], { othersEdits: 'allow' })
const edited: LoadedFile = {
  path: '/etc/nginx/conf.d/blog.conf',
  kind: 'file',
  changedAt: '2026-11-21T02:50:00.000Z',
  owner: 'deploy',
  author: null,
}
const words = 'also loads 1 file changed by others: /etc/nginx/conf.d/blog.conf (owner deploy)'

function examination(alsoLoads: Outlook['alsoLoads'] | undefined): Examination {
  const action = { id: 'reload-nginx', target: 'nginx.service', allowed: true } as const
  const finding = backendDownFinding({ cause: 'config-not-reloaded', fix: { steps: [], diff: null, action } })
  const outlooks =
    alsoLoads === undefined ? undefined : new Map([['reload-nginx nginx.service', { connections: null, alsoLoads }]])
  return {
    diagnosis: backendDown({ findings: [finding] }),
    guards: new Map([['reload-nginx nginx.service', 'nginx 412:1893 5f1c 414:1895']]),
    ...(outlooks && { outlooks }),
  }
}

function offered(policy: Policy, alsoLoads: Outlook['alsoLoads'] | undefined): Offered {
  const offer = { policy, hostOf, membersOf: () => [], minutes: 10, actionOf, refusalOf: () => null }
  return offerFor(requestFor('web-1', newId()), examination(alsoLoads), offer, { id: newId(), now: now() })
}

const ensure = (): Promise<void> => Promise.resolve()
const reasonOf = ({ diagnosis }: Offered): string | undefined => diagnosis.findings[0]?.fix.action?.refused

describe('a reload that would bring changes of others into force, at the offer', () => {
  it('is offered with them named, and they stand in the proposal', () => {
    const { proposal } = offered(allow, [edited])

    expect(proposal?.effect).toContain(`It ${words}.`)
    expect(proposal?.alsoLoads).toEqual([edited])
  })

  it('is refused in words where the policy says so', () => {
    const refused = offered(refuse, [edited])

    expect(refused.proposal).toBeNull()
    expect(reasonOf(refused)).toContain(`does not allow to bring changes of others into force here, and this ${words}`)
  })

  it.each([null, undefined])('is refused there as well when it could not be seen what it loads: %s', (unseen) => {
    const refused = offered(refuse, unseen)

    expect(refused.proposal).toBeNull()
    expect(reasonOf(refused)).toContain('may also load changes that could not be seen')
  })

  it('is offered there when it loads nothing else', () => {
    expect(offered(refuse, []).proposal?.alsoLoads).toEqual([])
  })
})

describe('the same at the press, by the policy of that moment', () => {
  let redis: TestRedis
  let client: RedisClient

  beforeAll(async () => {
    redis = await startRedis()
    client = await openRedis(redis.url, 'ask', { log: quiet })
  })
  afterAll(async () => {
    client.disconnect()
    await redis.stop()
  })

  it.each<[string, Policy, string]>([
    ['refused', refuse, 'refused'],
    ['taken', allow, 'claimed'],
  ])('is %s', async (_how, policy, kind) => {
    const proposal = await kept(offered(allow, [edited]).proposal)

    const result = await desk(policy).press(proposal.id, presserOf(approver))

    expect(result.kind).toBe(kind)
    expect(result.kind === 'refused' ? result.because : words).toContain(words)
  })

  async function kept(proposal: Proposal | null): Promise<Proposal> {
    if (!proposal) throw new Error('nothing was offered')
    await createProposalMaker(client, workerKeys.worker, workerKeys.signer).save(proposal, now())
    return proposal
  }

  function desk(policy: Policy) {
    const board = createDiagnosisBoard(client, botKeys)

    return createDesk({
      client,
      newId,
      board,
      diagnoses: { ensure, ensureAll: ensure, hurry: ensure },
      acts: { ensure },
      proposals: createProposalStore(client, botKeys.worker),
      signer: botKeys.signer,
      bot: botKeys.bot,
      hostOf,
      note,
      minutes: 10,
      actionsAtOnce: 2,
      runs: createFleetRunStore(client, botKeys.bot, botKeys.signer),
      audit: unread,
      reviews: createReviewStore(client),
      tell: createTellApproval(client, board, { wake: () => Promise.resolve() }),
      log: quiet,
      policy: () => policy,
      now,
    })
  }
})

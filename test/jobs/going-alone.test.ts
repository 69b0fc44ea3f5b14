import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signApproval } from '../../src/approval/approval.ts'
import type { Asked, Proposal } from '../../src/approval/proposal.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import type { Review } from '../../src/approval/review.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { act } from '../../src/jobs/act-job.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { sweepReviews } from '../../src/jobs/sweep-reviews.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { actingParts } from '../support/acting.ts'
import { auditOptions } from '../support/audit-options.ts'
import { approver, newId, policy, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { claimedProposal, offeredProposal } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let client: RedisClient
let later: number
const now = (): Date => new Date(Date.now() + later)
const reviews = () => createReviewStore(client)
const silent = () => Promise.resolve()

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
beforeEach(() => {
  later = 0
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

/** Pressed once, by somebody who asked for a second person ten minutes ago and goes on without. */
async function claimAlone(proposal: Proposal): Promise<void> {
  const found = await createProposalStore(client, workerKeys.worker).find(proposal.id)
  if (!found) throw new Error('the proposal was not kept')
  const [at, askedAt] = [now(), new Date(now().getTime() - 600_000)].map((time) => time.toISOString())
  if (at === undefined || askedAt === undefined) throw new Error('no time')
  const press = { by: approver, groups: [], channel: 'C1', secondFactor: false }
  const first = { ...press, at: askedAt, how: 'click', reason: null } as const
  const alone = { ...press, at, how: 'break-glass', reason: 'nobody of the others answers' } as const
  const seal = botKeys.signer.sign('asked', '{}')
  const asked: Asked = { kind: 'asked', by: approver, at: askedAt, presses: [first], until: at, contacted: 0, seal }
  const shown = { ...found, proposal: { ...found.proposal, state: asked } }
  const approval = signApproval(botKeys.signer, shown, [first, alone], at)
  const state = { kind: 'claimed', by: [approver], at, approval }
  await client.hset(`gatemedic:proposal:${proposal.id}`, 'state', JSON.stringify(state))
}

describe('a worker, by its own record and whatever Redis says', () => {
  let directory: string
  let audit: Audit
  let host: FakeSystemd
  let parts: ActParts

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gatemedic-alone-'))
    audit = await openAudit(directory, auditOptions({ now }))
    host = await fakeSystemd()
    const down = { InvocationID: '4f2a', ActiveState: 'failed', SubState: 'failed', NRestarts: '0' }
    await host.set({ ...down, LoadState: 'loaded' })
    const [rule] = policy().rules
    if (!rule) throw new Error('a policy without a rule')
    const terms = { ...rule.terms.start, persons: 2, requester: true, breakGlass: true } as const
    const announcing = { ...rule, announce: 'C0ALERTS', terms: { ...rule.terms, start: terms } }
    const fourEyes = () => ({ ...policy(), rules: [announcing] })
    parts = { ...actingParts(client, host.root, audit), policy: fourEyes, now }
  })
  afterEach(async () => {
    await audit.close()
    await host.remove()
    await rm(directory, { recursive: true, force: true })
  })

  async function aloneOn(name: string): Promise<string> {
    const proposal = await offeredProposal(client, { host: name, requester: approver })
    await claimAlone(proposal)
    await act(proposal.id, parts)
    const state = (await parts.proposals.find(proposal.id))?.proposal.state
    return state && 'detail' in state ? state.detail : ''
  }

  test('lets one person go on alone on a host once an hour, and on another host meanwhile', async () => {
    const name = `web-${newId()}`
    const first = await aloneOn(name)

    const again = await aloneOn(name)
    const elsewhere = await aloneOn(`web-${newId()}`)

    expect([first, elsewhere].join()).not.toContain('went on alone')
    expect((await host.ran()).filter((line) => line === 'start checkout-api.service')).toHaveLength(2)
    expect(again).toContain(`somebody went on alone on ${name} at `)
    expect(again).toContain('once an hour is all')
  })

  test('remembers it after a restart, and lets somebody go on alone again when the hour is over', async () => {
    const name = `web-${newId()}`
    await aloneOn(name)
    await audit.close()
    audit = await openAudit(directory, auditOptions({ now }))
    parts = { ...parts, audit }

    const soon = await aloneOn(name)
    later = 3601_000
    const afterwards = await aloneOn(name)

    expect(soon).toContain('once an hour is all')
    expect(afterwards).not.toContain('once an hour is all')
  })
})

async function announced(proposal: Proposal, secondsAgo = 120): Promise<Review> {
  const { id, host, action, target } = proposal
  const at = new Date(Date.now() - secondsAgo * 1000).toISOString()
  const reason = 'nobody of the others answers'
  const made: Review = { id, host, action, target, by: approver, reason, at, channel: 'C0ALERTS', state: 'pending' }
  await reviews().takeTurn(host, id)
  await reviews().save(made)
  return made
}

describe('what a bot announced and died over', () => {
  let told: string[]
  let calledOff: string[]

  beforeEach(() => {
    told = []
    calledOff = []
  })
  afterEach(async () => {
    for (const { id } of await reviews().all()) await reviews().remove(id)
  })

  function sweep(callOff = ({ id }: Review) => Promise.resolve(void calledOff.push(id))): Promise<void> {
    const tell = {
      asked: silent,
      lapsed: silent,
      aloneOffered: silent,
      wasAloneOffered: () => Promise.resolve(true),
      wentAlone: ({ id }: Proposal) => Promise.resolve(void told.push(id)),
      run: silent,
      shown: () => Promise.resolve([]),
      forget: silent,
    }
    const proposals = createProposalStore(client, workerKeys.worker)
    return sweepReviews({ proposals, reviews: reviews(), tell, callOff, log: quiet, now })
  }

  test('is open for review and told to its thread when it was approved', async () => {
    const made = await announced(await claimedProposal(client))

    await sweep()

    expect(await reviews().find(made.id)).toMatchObject({ state: 'open' })
    expect([told, calledOff]).toEqual([[made.id], []])
  })

  test('is called off when it was not, and the turn of its host is free again', async () => {
    const made = await announced(await offeredProposal(client))

    await sweep()

    expect(await reviews().find(made.id)).toBeNull()
    expect([told, calledOff]).toEqual([[], [made.id]])
    expect(await reviews().takeTurn(made.host, 'another')).toBe(true)
  })

  test('is called off when somebody else approved the action meanwhile', async () => {
    const made = await announced(await claimedProposal(client, {}, 'U0SOMEBODY'))

    await sweep()

    expect(calledOff).toEqual([made.id])
  })

  test('is called off later where Slack does not take it now, and keeps no other from its end', async () => {
    const first = await announced(await offeredProposal(client), 240)
    const second = await announced(await offeredProposal(client))

    await sweep((review) =>
      review.id === first.id
        ? Promise.reject(new Error('Slack is away'))
        : Promise.resolve(void calledOff.push(review.id)),
    )
    await sweep()

    expect(calledOff).toEqual([second.id, first.id])
    expect(await reviews().all()).toEqual([])
  })

  test('waits while its press may still be on its way', async () => {
    const made = await announced(await offeredProposal(client), 10)

    await sweep()

    expect(await reviews().find(made.id)).toMatchObject({ state: 'pending' })
    expect(calledOff).toEqual([])
  })
})

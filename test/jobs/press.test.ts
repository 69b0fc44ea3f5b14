import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proposal } from '../../src/approval/proposal.ts'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import { createProposalMaker, createProposalStore } from '../../src/approval/proposal-store.ts'
import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { approver, hostOf, newId, note, now, presserOf, quiet, unread } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'

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

function deskWith(approvers: readonly string[], at: () => Date = now) {
  const queued: string[] = []
  const ensure = (id: string): Promise<void> => {
    queued.push(id)
    return Promise.resolve()
  }
  const proposals = createProposalStore(client, botKeys.worker)
  const board = createDiagnosisBoard(client, botKeys)
  const rest = {
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
  }
  const parts = {
    ...rest,
    client,
    board,
    diagnoses: { ensure, ensureAll: async () => {}, hurry: ensure },
    acts: { ensure },
  }
  return {
    queued,
    proposals,
    desk: createDesk({ ...parts, proposals, policy: () => approversOnly(approvers), now: at, newId }),
  }
}

async function offered(host = `web-${newId()}`): Promise<Proposal> {
  const proposal: Proposal = {
    id: newId(),
    host,
    diagnosed: host,
    action: 'start-unit',
    target: 'checkout-api.service',
    cause: 'backend-down',
    summary: 'it failed',
    since: null,
    argv: ['systemctl', 'start', 'checkout-api.service'],
    effect: 'Starts it.',
    alsoLoads: [],
    guard: 'unit 4f2a down 0',
    requester: null,
    threadId: newId(),
    diagnosisId: newId(),
    createdAt: now().toISOString(),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    state: { kind: 'proposed' },
  }
  await createProposalMaker(client, workerKeys.worker, workerKeys.signer).save(proposal, now())
  return proposal
}

test('of 100 presses at the same time one wins, and every other hears who did', async () => {
  const people = Array.from({ length: 100 }, (_, index) => `U${index}`)
  const { desk, queued } = deskWith(people)
  const proposal = await offered()

  const results = await Promise.all(people.map((person) => desk.press(proposal.id, presserOf(person))))

  const winner = people[results.findIndex((result) => result.kind === 'claimed')]
  expect(results.filter((result) => result.kind === 'claimed')).toHaveLength(1)
  expect(results.filter((result) => result.kind === 'already' && result.by[0] === winner)).toHaveLength(99)
  expect(queued).toEqual([proposal.id])
})

test('nobody may press when nobody is configured', async () => {
  const { desk, queued } = deskWith([])
  const proposal = await offered()

  const result = await desk.press(proposal.id, presserOf(approver))

  expect(result).toMatchObject({ kind: 'refused', because: expect.stringContaining('nobody is configured') })
  expect(queued).toEqual([])
})

test('who is not an approver is refused, and the offer stays open for who is', async () => {
  const { desk } = deskWith([approver])
  const proposal = await offered()

  const refused = await desk.press(proposal.id, presserOf('U-somebody'))
  const taken = await desk.press(proposal.id, presserOf(approver))

  expect([refused.kind, taken.kind]).toEqual(['refused', 'claimed'])
})

test('an expired offer cannot be pressed, and stays expired whatever a clock says later', async () => {
  const late = deskWith([approver], () => new Date(Date.now() + 601_000))
  const proposal = await offered()

  const result = await late.desk.press(proposal.id, presserOf(approver))
  const afterwards = await deskWith([approver]).desk.press(proposal.id, presserOf(approver))

  expect([result.kind, afterwards.kind]).toEqual(['expired', 'expired'])
  expect(late.queued).toEqual([])
})

test('a newer diagnosis of the host takes the place of an older offer, not of a claimed one', async () => {
  const { desk, proposals } = deskWith([approver])
  const open = await offered('web-same')
  const claimed = await offered('web-same')
  await desk.press(claimed.id, presserOf(approver))
  await offered('web-same')

  const result = await desk.press(open.id, presserOf(approver))

  expect(result.kind).toBe('superseded')
  expect((await proposals.find(claimed.id))?.proposal.state.kind).toBe('claimed')
})

test('an id that was never given out is unknown', async () => {
  expect(await deskWith([approver]).desk.press(newId(), presserOf(approver))).toEqual({ kind: 'unknown' })
})

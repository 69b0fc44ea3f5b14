import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import type { AuditEntry } from '../../src/audit/record.ts'
import { createFleetRunReader } from '../../src/approval/fleet-run-store.ts'
import { createHistory } from '../../src/history/store.ts'
import { act } from '../../src/jobs/act-job.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import type { Closable } from '../../src/jobs/queue-options.ts'
import { createWatchQueue, startWatchWorker, type WatchQueue } from '../../src/jobs/queue-watch.ts'
import type { Refusal } from '../../src/jobs/refusals.ts'
import { watch } from '../../src/jobs/watch-job.ts'
import type { WatchTicket } from '../../src/jobs/watch-ticket.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { hostOf, newId, noLimits, now, policy, quiet } from '../support/bench-of-queues.ts'
import { backendDown, healthy, undetermined } from '../support/diagnosis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { claimedProposal, saidTo } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let refusals: Refusal[]
let recorded: AuditEntry[]
let tickets: WatchTicket[]
const open: Closable[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})

beforeEach(() => {
  refusals = []
  recorded = []
  tickets = []
})

afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

function parts(after: Examination): ActParts {
  return {
    proposals: createProposalStore(client, workerKeys.worker),
    board: createDiagnosisBoard(client, workerKeys),
    history: createHistory({ client, ...workerKeys, days: 90, now }),
    runs: createFleetRunReader(client, workerKeys.bot),
    posts: { wake: () => Promise.resolve() },
    watches: { ensure: (ticket) => Promise.resolve(void tickets.push(ticket)) },
    audit: {
      wasStarted: () => false,
      aloneAt: () => null,
      append: (entry) => {
        recorded.push(entry)
        return Promise.resolve({ ...entry, seq: 1, previous: '', hash: '' })
      },
    },
    examine: () => Promise.resolve(after),
    checkLimits: noLimits,
    runAsActUser: () =>
      Promise.resolve({
        stdout:
          '@before unit 4f2a down 0\n@acting x\n@ran 0\n@after unit 77aa up 0\n@state active (running)\n@settled yes\n@end done\n',
      }),
    actionOf,
    refusalOf: () => null,
    policy,
    hostOf,
    bot: workerKeys.bot,
    note,
    redact: (text) => text,
    log: quiet,
    now,
    showActing: () => () => Promise.resolve(),
    againAfterMs: 1,
  }
}

const note = (refusal: Refusal): Promise<void> => Promise.resolve(void refusals.push(refusal))
const looked = (diagnosis: Examination['diagnosis'], status = 200): Examination => ({
  diagnosis,
  guards: new Map(),
  answers: [{ site: 'shop.example.com/', status }],
})

function watching(after: Examination): void {
  open.push(
    startWatchWorker(client, (ticket) => watch(ticket, parts(after)), { worker: workerKeys.worker, note, log: quiet }),
  )
}

function queue(keys = workerKeys): WatchQueue {
  const made = createWatchQueue(client, keys.signer, quiet)
  open.push(made)
  return made
}

const ticketOf = (proposal: string, more: Partial<WatchTicket> = {}): WatchTicket => ({
  proposal,
  endedAt: now().toISOString(),
  seconds: 1,
  ...more,
})

test('a cure is told with the answers before and after it, and the host is watched as long as the policy says', async () => {
  const proposal = await claimedProposal(client, { answers: [{ site: 'shop.example.com/', status: 502 }] })

  await act(proposal.id, parts(looked(healthy())))

  expect((await saidTo(client, proposal)).at(-1)).toMatchObject({
    outcome: { kind: 'resolved' },
    answers: [{ site: 'shop.example.com/', before: 502, after: 200 }],
    watchSeconds: 60,
  })
  expect(tickets).toEqual([{ proposal: proposal.id, seconds: 60, endedAt: expect.any(String) }])
})

test('what did not help is not watched', async () => {
  const proposal = await claimedProposal(client)

  await act(proposal.id, parts(looked(backendDown({ host: proposal.host }))))

  expect((await saidTo(client, proposal)).at(-1)).not.toHaveProperty('watchSeconds')
  expect(tickets).toEqual([])
})

test.each([
  ['still well', () => looked(healthy()), 'resolved'],
  ['a relapse', (host: string) => looked(backendDown({ host })), 'still-failing'],
  ['a host that cannot be judged', () => looked(undetermined()), 'not-checked'],
] as const)('the watch ends with %s, told and recorded', async (_what, after, outcome) => {
  const proposal = await claimedProposal(client)

  await watch(ticketOf(proposal.id), parts(after(proposal.host)))

  expect(await saidTo(client, proposal)).toMatchObject([{ kind: 'action-watched', outcome: { kind: outcome } }])
  expect(recorded).toMatchObject([{ step: 'watched', outcome, proposal: proposal.id }])
  const span = { from: new Date(0), to: new Date(Date.now() + 60_000) }
  const { entries } = await createHistory({ client, ...botKeys, days: 90, now }).of(proposal.host, span)
  expect(entries).toMatchObject([{ kind: 'watched', outcome, proposal: proposal.id }])
})

test('a watch outlives Redis, and is told once however often it is asked for', async () => {
  const proposal = await claimedProposal(client)
  const watches = queue()
  await watches.ensure(ticketOf(proposal.id))
  await watches.ensure(ticketOf(proposal.id))
  await redis.restart()

  watching(looked(healthy()))
  await until('the watch is over', () => recorded.length > 0, 60_000)
  await watch(ticketOf(proposal.id), parts(looked(healthy())))

  expect((await saidTo(client, proposal)).map(({ kind }) => kind)).toEqual(['action-watched'])
}, 90_000)

test('a watch that nobody could keep in time says so and looks at no host', async () => {
  const proposal = await claimedProposal(client)
  const late = { ...parts(looked(healthy())), examine: () => Promise.reject(new Error('asked')) }

  await watch(ticketOf(proposal.id, { endedAt: new Date(Date.now() - 2 * 3600_000).toISOString() }), late)

  expect(await saidTo(client, proposal)).toMatchObject([
    { outcome: { kind: 'not-checked', detail: expect.stringContaining('in time') }, diagnosis: null },
  ])
})

test('a watch that no worker has signed is refused and noted', async () => {
  const proposal = await claimedProposal(client, { id: newId() })
  await queue(botKeys).ensure(ticketOf(proposal.id))

  watching(looked(healthy()))
  await until('it is refused', () => refusals.length > 0, 60_000)

  expect(refusals).toMatchObject([{ what: 'watch', about: proposal.id }])
  expect(await saidTo(client, proposal)).toEqual([])
}, 90_000)

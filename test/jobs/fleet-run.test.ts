import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FleetRun } from '../../src/approval/fleet-run.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { openAudit } from '../../src/audit/audit.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createCheckLimits } from '../../src/jobs/check-limits.ts'
import { createHoldGroups } from '../../src/jobs/hold-groups.ts'
import { actOn, type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { actingParts, startActing } from '../support/acting.ts'
import { auditOptions } from '../support/audit-options.ts'
import {
  approver,
  createDelivered,
  newId,
  now,
  policy,
  presserOf,
  quiet,
  startBot,
} from '../support/bench-of-queues.ts'
import { backendDown, healthy } from '../support/diagnosis.ts'
import { offeredProposal } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const names = ['web-1', 'web-2', 'web-3', 'web-4'] as const
let redis: TestRedis
let client: RedisClient
let directory: string
let hosts: ReadonlyMap<string, FakeSystemd>
let stops: (() => Promise<void> | void)[]
/** Hosts that their action does not cure. */
let incurable: string[]

beforeEach(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-fleet-run-'))
  stops = [redis.stop, () => client.disconnect()]
  incurable = []
  hosts = new Map(await Promise.all(names.map(async (name) => [name, await stoppedHost()] as const)))
})

afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  for (const host of hosts.values()) await host.remove()
  await rm(directory, { recursive: true, force: true })
})

async function stoppedHost(): Promise<FakeSystemd> {
  const host = await fakeSystemd()
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'failed',
    SubState: 'failed',
    NRestarts: '0',
    LoadState: 'loaded',
  })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa')
  return host
}

async function worker(more: Partial<ActParts> = {}): Promise<void> {
  const audit = await openAudit(directory, auditOptions({ writer: 'w' }))
  const acting = startActing(client, {
    ...actingParts(client, directory, audit),
    runAsActUser: async (host, _script, args) => ({ stdout: await actOn(hosts.get(host)?.root ?? '', args) }),
    examine: async ({ host }) => ({
      diagnosis: { ...(incurable.includes(host) ? backendDown() : healthy()), host },
      guards: new Map(),
    }),
    ...more,
  })
  stops.push(audit.close, acting.close)
}

async function bot() {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  stops.push(started.stop)
  return { ...started, delivered }
}

const someone = () => (userId: string) => presserOf(userId)
const by = presserOf(approver)

type Bot = Awaited<ReturnType<typeof bot>>

async function offered({ desk, openThread }: Bot, more: Partial<Proposal> = {}): Promise<FleetRun> {
  const threadId = newId()
  await openThread(threadId)
  const proposals: Proposal[] = []
  for (const host of names)
    proposals.push(await offeredProposal(client, { threadId, host, diagnosed: host, ...more }, threadId))
  const [offer] = await desk.offerTogether(
    threadId,
    proposals.map(({ id }) => id),
  )
  if (offer?.kind !== 'several') throw new Error('no run was offered')
  return offer.run
}

async function endOf({ runs }: Bot, { id }: FleetRun): Promise<FleetRun> {
  return until(
    'the run has ended',
    async () => {
      const run = await runs.find(id)
      return run?.state.kind === 'ended' ? run : null
    },
    60_000,
  )
}

const started = async (): Promise<readonly string[]> => {
  const ran = await Promise.all(names.map(async (name) => [name, await hosts.get(name)?.ran()] as const))
  return ran.flatMap(([name, verbs]) => (verbs ?? []).filter((verb) => verb.startsWith('start ')).map(() => name))
}

test('one press cures every host, each once, and the record of each names the run', async () => {
  const teller = await bot()
  const run = await offered(teller)
  await worker()

  await teller.desk.pressTogether(run.id, by, someone)
  const ended = await endOf(teller, run)

  expect(ended.state).toMatchObject({ stop: null })
  expect(await started()).toEqual(names)
  const lines = (await readFile(join(directory, 'w.jsonl'), 'utf8')).trim().split('\n')
  const begun = lines
    .map((line) => JSON.parse(line) as unknown)
    .filter((line) => JSON.stringify(line).includes('"step":"started"'))
  expect(begun).toMatchObject(names.map(() => ({ run: run.id, by: [approver] })))
}, 120_000)

test('hosts that are not cured stop the run: those after them are not touched, by two bots either', async () => {
  incurable = ['web-1', 'web-2']
  const [teller, other] = [await bot(), await bot()]
  const run = await offered(teller)
  await worker()

  const heard = await Promise.all([teller, other].map(({ desk }) => desk.pressTogether(run.id, by, someone)))
  const ended = await endOf(other, run)

  expect(heard.map(({ kind }) => kind).toSorted()).toEqual(['already', 'begun'])
  expect(ended.state).toMatchObject({ stop: { host: expect.stringMatching(/^web-[12]$/) } })
  expect(ended.members.map(({ state }) => state.kind)).toEqual(['ended', 'ended', 'waiting', 'waiting'])
  expect(incurable).toEqual(expect.arrayContaining([...(await started())]))
  await until('the end is told', () =>
    [teller, other].some(({ delivered }) =>
      delivered.of(run.threadId, 'fleet-run').some(({ run: { state } }) => state.kind === 'ended'),
    ),
  )
}, 120_000)

test('a bot that is gone after the first hosts is replaced by another, and the run goes on', async () => {
  const first = await bot()
  const run = await offered(first)
  await first.desk.pressTogether(run.id, by, someone)
  await stops.pop()?.()

  await worker()
  const second = await bot()
  const ended = await endOf(second, run)

  expect(ended.state).toMatchObject({ stop: null })
  expect(await started()).toEqual(names)
}, 120_000)

test('a host that waits for a worker while its run is stopped is refused by the worker', async () => {
  const teller = await bot()
  const run = await offered(teller)
  await teller.desk.pressTogether(run.id, by, someone)
  const [first] = run.members
  const at = new Date().toISOString()
  const detail = 'it is still down'
  await teller.runs.apply(run.id, {
    kind: 'heard',
    at,
    proposal: first?.proposal ?? '',
    outcome: 'still-failing',
    healthy: false,
    detail,
  })

  await worker()
  const ended = await endOf(teller, run)

  expect(ended.members.map(({ state }) => state)).toMatchObject([
    { kind: 'ended' },
    { kind: 'ended', outcome: 'refused', detail: expect.stringContaining('the run was stopped after web-1') },
    { kind: 'waiting' },
    { kind: 'waiting' },
  ])
  expect(await started()).not.toContain('web-2')
}, 120_000)

const failsOtherwise: ActParts['examine'] = async ({ host }) => ({
  diagnosis: { ...backendDown(), host, headline: `${host} fails otherwise`, findings: [] },
  guards: new Map(),
})

test('the floor of a group holds for each host of a run: one that others depend on is refused, and the rest is left alone', async () => {
  const teller = await bot()
  const argv = ['systemctl', 'restart', 'checkout-api.service']
  const run = await offered(teller, { action: 'restart-unit', argv, guard: 'unit 4f2a up 0' })
  const checkLimits = createCheckLimits({
    policy,
    hostOf: (name) => ({ name, groups: ['edge'], labels: {} }),
    membersOf: () => names,
    pastActions: async () => [],
    examine: failsOtherwise,
    holdGroups: createHoldGroups(client),
    log: quiet,
    now,
  })

  await teller.desk.pressTogether(run.id, by, someone)
  await worker({ checkLimits, examine: failsOtherwise })
  const ended = await endOf(teller, run)

  const because = 'web-1 still serves, none of the other members of edge was seen healthy'
  expect(ended.state).toMatchObject({ stop: { host: 'web-1', because: expect.stringContaining(because) } })
  expect(ended.members.map(({ state }) => state.kind)).toEqual(['ended', 'waiting', 'waiting', 'waiting'])
  expect((await Promise.all([...hosts.values()].map((host) => host.ran()))).flat()).toEqual([])
}, 120_000)

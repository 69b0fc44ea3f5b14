import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { memberOf } from '../../src/fleet/member-of.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { Examine } from '../../src/jobs/examination.ts'
import type { FleetStore } from '../../src/jobs/fleet.ts'
import { createFleetStore } from '../../src/jobs/fleet-store.ts'
import { keys } from '../../src/jobs/keys.ts'
import { createDiagnoseQueue } from '../../src/jobs/queue-diagnose.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import {
  createDelivered,
  newId,
  now,
  quiet,
  requestFor,
  startBot,
  startDiagnosing,
} from '../support/bench-of-queues.ts'
import { backendDown, healthy } from '../support/diagnosis.ts'
import { createGate } from '../support/gate.ts'
import { botKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let fleets: FleetStore
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
  fleets = createFleetStore(client)
})

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
  await client.flushall()
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

function fleetOf(threadId: string, hosts: readonly string[], title = 'group:edge') {
  return { threadId, title, hosts, requester: { kind: 'user', userId: 'U1' } as const }
}

async function bot() {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  running.push(started)
  const threadId = newId()
  await started.openThread(threadId)
  return { ...started, delivered, threadId }
}

async function worker(examine: Examine) {
  const started = await startDiagnosing(redis.url, examine)
  running.push(started)
  return started
}

const examineWell: Examine = ({ host }) => Promise.resolve({ diagnosis: { ...healthy(), host }, guards: new Map() })

test('every host of a fleet answers into its one thread, without telling how far each of them is', async () => {
  const { desk, delivered, threadId } = await bot()
  await worker(async (ask, options) => {
    options.onProgress({ host: ask.host, step: 'asking', detail: '' })
    return examineWell(ask, options)
  })

  const taken = await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2', 'web-3', 'web-2']))
  await until('all have answered', () => delivered.of(threadId, 'diagnosis').length === 3)

  expect(taken).toEqual({ queued: 3, joined: 0 })
  expect(delivered.of(threadId, 'diagnosis').map(({ diagnosis }) => diagnosis.host)).toEqual(
    expect.arrayContaining(['web-1', 'web-2', 'web-3']),
  )
  expect(delivered.of(threadId, 'progress')).toEqual([])
})

test('a host that is diagnosed already is joined, and the fleet hears of it too', async () => {
  const { desk, ask, delivered, threadId } = await bot()
  const alone = newId()
  await ask('web-1', alone)

  const taken = await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2']))
  await worker(examineWell)
  await until('both threads have heard', () => delivered.of(threadId, 'diagnosis').length === 2)

  expect(taken).toEqual({ queued: 1, joined: 1 })
  await until('the other too', () => delivered.of(alone, 'diagnosis').length === 1)
})

test('a host that somebody asks for alone goes before the hosts of a fleet, also when it waits as one of them', async () => {
  const { desk, ask, threadId } = await bot()
  const seen: string[] = []
  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6']))
  await ask('web-9', newId())
  await ask('web-6', newId())

  await worker((target, options) => {
    seen.push(target.host)
    return examineWell(target, options)
  })
  await until('all were looked at', () => seen.length === 7)

  expect(seen.slice(0, 2)).toEqual(['web-9', 'web-6'])
})

test('what a bot that died has asked for is queued by the sweep, with nothing but the one step done', async () => {
  const { threads, threadId, delivered } = await bot()
  const requests = ['web-1', 'web-2'].map((host) => requestFor(host, threadId, { fleet: true }))
  await createDiagnosisBoard(client, botKeys).joinAll({ threadId, title: 'group:edge', requests }, now())

  await worker(examineWell)
  await until('all have answered', () => delivered.of(threadId, 'diagnosis').length === 2)

  expect((await threads.find(threadId))?.fleet).toBe('group:edge')
})

test('a host that somebody asks for alone is looked at while a fleet has every place that it may have', async () => {
  const { desk, ask, delivered, threadId } = await bot()
  const seen: string[] = []
  const gate = createGate()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6']))
  await worker(async (target, options) => {
    seen.push(target.host)
    if (target.host !== 'web-9') await gate.passed
    return examineWell(target, options)
  })
  await until('the fleet has its places', () => seen.length === 3)

  const alone = newId()
  await ask('web-9', alone)
  await until('the one host has its answer', () => delivered.of(alone, 'diagnosis').length === 1)

  expect(seen).toEqual(['web-1', 'web-2', 'web-3', 'web-9'])
  gate.open()
  await until('all have answered', () => delivered.of(threadId, 'diagnosis').length === 6)
})

test('the job of a fleet waits among those of fleets until somebody waits for the host, and is never two', async () => {
  const { desk, threadId } = await bot()
  const queue = createDiagnoseQueue(client, quiet)
  running.push({ stop: queue.close })
  await desk.diagnoseAll(fleetOf(threadId, ['web-1']))
  const [id = ''] = await client.smembers(keys.openDiagnoses)

  const jobs = async () => ({
    alone: await client.exists(`bull:diagnose:${id}`),
    fleet: await client.exists(`bull:diagnose-fleet:${id}`),
  })
  const before = await jobs()
  await queue.hurry(id)
  await queue.hurry(id)

  expect(before).toEqual({ alone: 0, fleet: 1 })
  expect(await jobs()).toEqual({ alone: 1, fleet: 0 })
})

test('an answer is to be shown until it was, and again when the next one comes', async () => {
  const { desk, threadId } = await bot()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2']))
  const past = {
    cause: 'backend-down',
    thing: null,
    count: 2,
    days: 7,
    earlier: [],
    lastFix: null,
    notHeld: null,
    undone: null,
  } as const
  await fleets.answered(threadId, { ...memberOf(backendDown(), null), past }, now())
  const fleet = await fleets.find(threadId)
  if (fleet === null) throw new Error('no fleet')

  const before = await fleets.toShow(now())
  await fleets.shown(fleet, false)
  const after = await fleets.toShow(now())
  await fleets.answered(threadId, memberOf({ ...healthy(), host: 'web-2' }, null), now())

  expect(fleet.hosts.find(({ host }) => host === 'web-1')?.member).toMatchObject({
    finding: { cause: 'backend-down' },
    past,
  })
  expect([before, after, await fleets.toShow(now())]).toEqual([[threadId], [], [threadId]])
})

test('a fleet of which nobody answers for a minute is to be shown once more', async () => {
  const { desk, threadId } = await bot()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1']))
  const fleet = await fleets.find(threadId)
  if (fleet === null) throw new Error('no fleet')
  await fleets.shown(fleet, false)
  const later = new Date(now().getTime() + 61_000)

  const stale = await fleets.toShow(later)
  await fleets.shown(fleet, true)

  expect([await fleets.toShow(now()), stale, await fleets.toShow(later)]).toEqual([[], [threadId], []])
})

test('a host that is asked for after the last word opens another round', async () => {
  const { desk, threadId } = await bot()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2']))
  await fleets.answered(threadId, memberOf(healthy(), null), now())
  await fleets.answered(threadId, memberOf({ ...healthy(), host: 'web-2' }, null), now())
  const first = await fleets.find(threadId)
  if (first === null) throw new Error('no fleet')
  const closed = await fleets.close(first)

  await desk.diagnoseAll(fleetOf(threadId, ['web-2', 'web-3']))

  const second = await fleets.find(threadId)
  expect(closed).toBe(true)
  expect(second).toMatchObject({ title: 'group:edge', round: 2, closed: 1 })
  expect(second?.hosts.map(({ host, round, member }) => [host, round, member === null]).toSorted()).toEqual([
    ['web-1', 1, false],
    ['web-2', 2, true],
    ['web-3', 2, true],
  ])
})

test('a host that is asked for again under the same id keeps its answer, and its round stays told', async () => {
  const { desk, threadId } = await bot()
  const wish = { ...fleetOf(threadId, ['web-1']), ids: new Map([['web-1', newId()]]) }
  await desk.diagnoseAll(wish)
  await fleets.answered(threadId, memberOf(healthy(), null), now())
  const first = await fleets.find(threadId)
  if (first === null) throw new Error('no fleet')
  await fleets.close(first)

  await desk.diagnoseAll(wish)

  expect(await fleets.find(threadId)).toEqual({ ...first, closed: 1 })
  expect(await client.scard(keys.openDiagnoses)).toBe(1)
})

test('a round is not closed when a host was asked for in the meantime', async () => {
  const { desk, threadId } = await bot()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1']))
  await fleets.answered(threadId, memberOf(healthy(), null), now())
  const seen = await fleets.find(threadId)
  await desk.diagnoseAll(fleetOf(threadId, ['web-2']))

  expect(seen && (await fleets.close(seen))).toBe(false)
})

test('one bot at a time shows a fleet', async () => {
  const threadId = newId()

  const taken = await Promise.all([fleets.take(threadId, 5000), fleets.take(threadId, 5000)])
  await fleets.keep(threadId, 1)
  await until('it can be taken again', async () => fleets.take(threadId, 5000))

  expect(taken.filter(Boolean)).toHaveLength(1)
})

test('an answer for a fleet that nobody keeps any more makes no half of one', async () => {
  const threadId = newId()

  await fleets.answered(threadId, memberOf(healthy(), null), now())

  expect(await fleets.find(threadId)).toBeNull()
  expect(await client.keys('gatemedic:fleet*')).toEqual([])
})

test('what somebody else wrote into a fleet is not shown, and hides nothing', async () => {
  const { desk, threadId } = await bot()
  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2']))
  await fleets.answered(threadId, memberOf({ ...healthy(), host: 'web-2' }, null), now())
  const forged = '{"host":"web-1","verdict":"diagnosed","headline":"<!channel>","finding":{"cause":"<!channel>"}}'
  await client.hset(keys.fleetMembers(threadId), 'web-1', `1\n${forged}`)

  const hosts = (await fleets.find(threadId))?.hosts

  expect(JSON.stringify(hosts)).not.toContain('<!channel>')
  expect(hosts?.map(({ host, member }) => [host, member?.verdict]).toSorted()).toEqual([
    ['web-1', 'failed'],
    ['web-2', 'healthy'],
  ])
})

test('a fleet whose title an alert has made very long can still be shown', async () => {
  const { desk, threadId } = await bot()

  await desk.diagnoseAll(fleetOf(threadId, ['web-1', 'web-2'], `${'a'.repeat(350)}.example.com`))

  expect((await fleets.find(threadId))?.hosts).toHaveLength(2)
})

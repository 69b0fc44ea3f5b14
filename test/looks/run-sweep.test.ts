import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createGroupSweepStore } from '../../src/looks/sweeps/group-sweep-store.ts'
import type { GroupSweepStore } from '../../src/looks/sweeps/group-sweep.ts'
import { runSweep } from '../../src/looks/sweeps/run-sweep.ts'
import { createLog } from '../../src/log.ts'
import { createLooks } from '../../src/looks/start-looks.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'
import { createDelivered, quiet, startBot, startDiagnosing } from '../support/bench-of-queues.ts'
import { healthy } from '../support/diagnosis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const entry = { group: 'edge', at: 'Mon 08:00', timezone: 'UTC', channel: 'C0EDGE' }
const id = 'sweep.edge.1'
let redis: TestRedis
let client: RedisClient
let sweeps: GroupSweepStore
let clock = Date.parse('2026-11-23T08:00:00Z')
const now = () => new Date(clock)
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
  sweeps = createGroupSweepStore(client)
})
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
  await client.flushall()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function bot() {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  running.push(started)
  const { desk, threads } = started
  const parts = { sweeps, desk, threads, inventory: inventoryOfTests, now, log: quiet }
  return { delivered, threads, run: (group = 'edge') => runSweep({ ...entry, group }, id, parts) }
}

const edge = [...inventoryOfTests().hosts.values()]
  .filter(({ groups }) => groups?.includes('edge'))
  .map(({ name }) => name)

test('a sweep that is begun again after its bot died asks each host once, and no message comes from what the hosts do meanwhile', async () => {
  const { run, delivered, threads } = await bot()
  await run()
  await run()
  const asked: string[] = []
  running.push(
    await startDiagnosing(redis.url, (ask) => {
      asked.push(ask.host)
      return Promise.resolve({ diagnosis: { ...healthy(), host: ask.host }, guards: new Map() })
    }),
  )
  await until('all have answered', () => delivered.of(id, 'diagnosis').length === edge.length)
  await run()

  expect(edge.length).toBeGreaterThan(1)
  expect(asked.toSorted()).toEqual(edge.toSorted())
  expect(delivered.of(id, 'progress')).toEqual([])
  expect(await threads.find(id)).toMatchObject({ look: 'sweep', channel: 'C0EDGE' })
})

test('"all" is every host of the inventory, and a group without hosts begins nothing', async () => {
  const { run } = await bot()
  await run('nowhere')
  const none = await client.exists(`gatemedic:sweep:${id}`)
  await run('all')
  clock += 3_600_000
  const [sweep] = await sweeps.claimComplete(now())

  expect(none).toBe(0)
  expect(sweep).toMatchObject({ title: 'all hosts', rows: [] })
  expect(sweep?.hosts).toHaveLength(inventoryOfTests().hosts.size)
})

test('a sweep is told once by one bot when all have answered or its time is over, and again when somebody answers late', async () => {
  const at = now().toISOString()
  const deadline = new Date(clock + 60_000).toISOString()
  await sweeps.open({ id, title: 'group:edge', hosts: ['web-1', 'web-2'], startedAt: at, deadline })
  await sweeps.answered(id, { host: 'web-1', notes: [] })
  const early = await sweeps.claimComplete(now())
  clock += 61_000
  const both = await Promise.all([sweeps.claimComplete(now()), sweeps.claimComplete(now())])
  await sweeps.told(id, 1)
  const afterwards = await sweeps.claimComplete(now())
  await sweeps.answered(id, { host: 'web-2', notes: [] })
  const late = await sweeps.claimComplete(now())

  expect(early).toEqual([])
  expect(both.flat()).toHaveLength(1)
  expect(afterwards).toEqual([])
  expect(late).toMatchObject([{ rows: [{ host: 'web-1' }, { host: 'web-2' }] }])
})

test('an answer that comes while the others are being told is told as well', async () => {
  const at = now().toISOString()
  await sweeps.open({ id, title: 'group:edge', hosts: ['web-1', 'web-2'], startedAt: at, deadline: at })
  await sweeps.answered(id, { host: 'web-1', notes: [] })
  await sweeps.claimComplete(now())
  await sweeps.answered(id, { host: 'web-2', notes: [] })
  await sweeps.told(id, 1)

  expect(await sweeps.claimComplete(now())).toMatchObject([{ rows: [{ host: 'web-1' }, { host: 'web-2' }] }])
})

test('a sweep that nobody of ours wrote keeps none of the others from being told', async () => {
  const at = now().toISOString()
  await sweeps.open({ id, title: 'group:edge', hosts: ['web-1', 'web-2'], startedAt: at, deadline: at })
  await sweeps.answered(id, { host: 'web-1', notes: [] })
  await client.hset(`gatemedic:sweep:${id}:rows`, 'web-2', '{"host":"web-2","notes":"none"}')
  await client.sadd('gatemedic:sweeps', 'strange')
  await client.hset('gatemedic:sweep:strange', 'sweep', 'no JSON')

  const complete = await sweeps.claimComplete(now())

  expect(complete).toMatchObject([{ id, rows: [{ host: 'web-1' }] }])
  await sweeps.told(id, 1)
  expect(await client.smembers('gatemedic:sweeps')).toEqual([])
})

test('a sweep of a group that no host is in is named when the bot starts', async () => {
  const lines: string[] = []
  const log = createLog('error', { write: (line) => void lines.push(line) })
  const work = await openRedis(redis.url, 'work', { log: quiet })
  const { desk, threads } = await startBot(redis.url, createDelivered().deliver).then((started) => {
    running.push(started)
    return started
  })
  const file = { lookEverySeconds: 120, sweeps: [entry, { ...entry, group: 'egde' }] }
  const looks = createLooks({ client, work, file, inventory: inventoryOfTests, now, log })

  const started = await looks.start(desk, threads, { tellWatchEnd: async () => {}, showGroupSweeps: async () => {} })
  await started.close()
  work.disconnect()

  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { group: 'egde', msg: 'no host of the inventory is in the group of a sweep' },
  ])
})

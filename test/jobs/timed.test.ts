import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTimed, type Timed } from '../../src/jobs/queue-sweeps.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const weekly: Timed = { key: 'edge', pattern: '0 8 * * 1', timezone: 'Europe/Berlin' }
let redis: TestRedis
let client: RedisClient
let queue: Queue
const runs: string[] = []

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
  queue = new Queue('sweeps', { connection: client })
})
afterEach(async () => {
  runs.length = 0
  await queue.obliterate({ force: true })
})
afterAll(async () => {
  await queue.close()
  client.disconnect()
  await redis.stop()
})

const start = (timed: readonly Timed[], run: (runId: string) => void = () => {}) =>
  startTimed(
    client,
    timed,
    async (_key, runId) => {
      runs.push(runId)
      run(runId)
    },
    quiet,
  )

/** Puts what was planned for later an hour into the past, as it is when no bot was there. */
async function missTheRun(): Promise<string> {
  const [planned] = await queue.getDelayed()
  if (!planned?.id) throw new Error('nothing is planned')
  await client.zadd('bull:sweeps:delayed', 'XX', (Date.now() - 3_600_000) * 0x1000, planned.id)
  return planned.id
}

test('a run that was missed while no bot was there is made once when two come back, and the next is planned', async () => {
  await (await start([weekly])).close()
  await missTheRun()
  const bots = await Promise.all([start([weekly]), start([weekly])])
  await until('it ran', () => runs.length > 0)
  await until('the next is planned', async () => (await queue.getDelayed()).length === 1)
  await Promise.all(bots.map((bot) => bot.close()))

  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatch(/^sweep\.edge\.\d+$/)
  const [next] = await queue.getJobSchedulers()
  const at = new Date(next?.next ?? 0)
  expect(at.getTime()).toBeGreaterThan(Date.now())
  expect(
    at.toLocaleString('en', { timeZone: 'Europe/Berlin', weekday: 'short', hour: '2-digit', hourCycle: 'h23' }),
  ).toBe('Mon, 08')
})

test('a run that fails is begun again under the same name', async () => {
  await (await start([weekly])).close()
  await missTheRun()
  let failures = 1
  const bot = await start([weekly], () => {
    if (failures-- > 0) throw new Error('Redis went away')
  })
  await until('it ran twice', () => runs.length === 2)
  await bot.close()

  expect(new Set(runs).size).toBe(1)
})

test('what the configuration no longer has is planned no more, and a changed time is', async () => {
  await (await start([weekly, { ...weekly, key: 'gone' }])).close()
  await (await start([{ ...weekly, pattern: '30 9 * * *' }])).close()

  const standing = await queue.getJobSchedulers()
  expect(standing.map(({ key, pattern }) => [key, pattern])).toEqual([['edge', '30 9 * * *']])
  expect(await queue.getDelayed()).toHaveLength(1)
})

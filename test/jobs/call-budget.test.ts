import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCallBudget } from '../../src/jobs/call-budget.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let clients: RedisClient[]
const hour = 3_600_000

beforeAll(async () => {
  redis = await startRedis('none')
  clients = await Promise.all([1, 2].map(() => openRedis(redis.url, 'ask', { log: quiet })))
})
beforeEach(() => clients[0]?.flushall())
afterAll(async () => {
  for (const client of clients) client.disconnect()
  await redis.stop()
})

async function takes(
  most: number,
  spares: readonly number[],
  windows = [{ ms: hour, most }],
): Promise<readonly number[]> {
  const waits: number[] = []
  // Bots take turns: what they take together is what counts.
  for (const [index, spare] of spares.entries()) {
    const client = clients[index % clients.length]
    if (client) waits.push(await createCallBudget(client)({ key: 'chat.update', windows }, spare))
  }
  return waits
}

test('two bots together get no more calls than one window has, and hear how long the next one takes', async () => {
  const waits = await takes(4, [0, 0, 0, 0, 0, 0])

  expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0])
  for (const wait of waits.slice(4)) expect(wait).toBeGreaterThan(hour - 60_000)
})

test('what alerts say leaves a part of the window to people', async () => {
  const waits = await takes(4, [0.25, 0.25, 0.25, 0.25, 0])

  expect(waits.map((wait) => wait === 0)).toEqual([true, true, true, false, true])
})

test('every window holds: the short one before the long one is used up', async () => {
  const waits = await takes(
    0,
    [0, 0, 0],
    [
      { ms: hour / 2, most: 2 },
      { ms: hour, most: 10 },
    ],
  )

  expect(waits.slice(0, 2)).toEqual([0, 0])
  expect(waits[2]).toBeLessThanOrEqual(hour / 2 + 1)
  expect(waits[2]).toBeGreaterThan(0)
})

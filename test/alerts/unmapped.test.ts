import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepUnmapped, unmappedAlerts } from '../../src/alerts/unmapped.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

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

beforeEach(() => client.flushall())

const at = (minutes: number) => new Date(Date.parse('2026-11-21T03:00:00Z') + minutes * 60_000)
const one = (because: string, title = '5xx') => ({ source: 'prometheus', title, because })

test('the newest comes first, and the same reason again is counted with its latest title', async () => {
  await keepUnmapped(client, [one('instance=a: no host has that name')], at(0))
  await keepUnmapped(client, [one('instance=b: no host has that name')], at(1))
  await keepUnmapped(client, [one('instance=a: no host has that name', 'nginx down')], at(2))

  expect(await unmappedAlerts(client, at(3))).toEqual([
    { ...one('instance=a: no host has that name', 'nginx down'), count: 2, lastAt: '2026-11-21T03:02:00.000Z' },
    { ...one('instance=b: no host has that name'), count: 1, lastAt: '2026-11-21T03:01:00.000Z' },
  ])
})

test('of very many the hundred newest are kept, and nothing else of them', async () => {
  for (let minute = 0; minute < 30; minute++) {
    const some = Array.from({ length: 10 }, (_, index) => one(`instance=h${minute}-${index}: no host has that name`))
    await keepUnmapped(client, some, at(minute))
  }

  const kept = await unmappedAlerts(client, at(30))
  expect(kept).toHaveLength(100)
  expect(kept.at(-1)?.because).toMatch(/^instance=h20-/)
  expect(await client.hlen('gatemedic:alerts:unmapped:what')).toBe(100)
  expect(await client.hlen('gatemedic:alerts:unmapped:count')).toBe(100)
})

test('what is older than seven days is not shown, and goes with the next one', async () => {
  await keepUnmapped(client, [one('old')], at(0))
  const later = at(8 * 24 * 60)

  expect(await unmappedAlerts(client, later)).toEqual([])
  await keepUnmapped(client, [one('new')], later)
  expect(await client.hlen('gatemedic:alerts:unmapped:what')).toBe(1)
})

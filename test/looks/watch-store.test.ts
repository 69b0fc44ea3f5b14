import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { lookDue } from '../../src/looks/watches/look-due.ts'
import { sightOf } from '../../src/looks/watches/sight.ts'
import type { Watch, WatchStore, WatchWish } from '../../src/looks/watches/watch.ts'
import { createWatchStore } from '../../src/looks/watches/watch-store.ts'
import type { LookRequest } from '../../src/jobs/request.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { backendDown, healthy } from '../support/diagnosis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const every = 120_000
let redis: TestRedis
let client: RedisClient
let store: WatchStore
let clock = Date.parse('2026-11-21T03:00:00Z')
const now = () => new Date(clock)

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
  store = createWatchStore(client, every)
})
afterEach(() => client.flushall())
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

function wish(id: string, change: Partial<WatchWish> = {}): WatchWish {
  return { id, title: id, hosts: [id], site: null, channel: 'C1', owner: 'U1', seconds: 600, ...change }
}

interface Bot {
  readonly asked: LookRequest[]
  readonly ended: Watch[]
  readonly turn: () => Promise<void>
}

/** One that takes what is due; `dies`: after it has asked, and before it could note that. */
function bot(dies = false): Bot {
  const asked: LookRequest[] = []
  const ended: Watch[] = []
  const watches = dies ? { ...store, asked: () => Promise.reject(new Error('killed')) } : store
  const desk = { look: async (request: LookRequest) => void asked.push(request) }
  const tellEnd = async (watch: Watch) => void ended.push(watch)
  return { asked, ended, turn: () => lookDue({ watches, desk, knows: () => true, tellEnd, now, log: quiet }) }
}

const idsOf = ({ asked }: Bot) => asked.flatMap(({ looks }) => looks.map(({ id }) => id))

test('two bots ask for each look once, at once and then after each pause, until the watch is over', async () => {
  await store.open(wish('web-1', { seconds: 300 }), now())
  const [one, two] = [bot(), bot()]
  for (let minute = 0; minute <= 6; minute += 1) {
    await Promise.all([one.turn(), two.turn()])
    clock += 60_000
  }

  expect([...idsOf(one), ...idsOf(two)].toSorted()).toEqual(['web-1.1.0', 'web-1.2.0', 'web-1.3.0'])
  expect([...one.ended, ...two.ended]).toMatchObject([{ id: 'web-1', ended: { why: { kind: 'over' } } }])
  expect(await store.running()).toEqual([])
})

test('a look that a bot asked for before it died is asked for by another under the same id', async () => {
  await store.open(wish('web-1'), now())
  const [dying, other] = [bot(true), bot()]
  await dying.turn()
  await other.turn()
  const meanwhile = idsOf(other)
  clock += 11_000
  await other.turn()

  expect(idsOf(dying)).toEqual(['web-1.1.0'])
  expect(meanwhile).toEqual([])
  expect(idsOf(other)).toEqual(['web-1.1.0'])
})

test('a second watch of the same by anybody lengthens the first, shortens it never, and both hear of it', async () => {
  await store.open(wish('first', { title: 'web-1', hosts: ['web-1'] }), now())
  const longer = await store.open(wish('b', { title: 'web-1', hosts: ['web-1'], owner: 'U2', seconds: 900 }), now())
  const shorter = await store.open(wish('c', { title: 'web-1', hosts: ['web-1'], owner: 'U1', seconds: 300 }), now())

  const until = new Date(clock + 900_000).toISOString()
  expect(longer).toMatchObject({ kind: 'extended', watch: { id: 'first', until, owner: 'U1' } })
  expect(shorter).toMatchObject({ kind: 'extended', watch: { until } })
  expect((await store.find('first'))?.people.toSorted()).toEqual(['U1', 'U2'])
  expect(await store.running()).toHaveLength(1)
})

test('one person runs three watches at most, and all together ten; what has ended counts no more', async () => {
  const opened = []
  for (let index = 0; index < 11; index += 1)
    opened.push(await store.open(wish(`web-${index}`, { owner: `U${Math.floor(index / 3)}` }), now()))
  const own = await store.open(wish('own', { owner: 'U0' }), now())
  await store.end('web-0', { kind: 'ended', by: 'U9' }, now())
  const again = await store.open(wish('own', { owner: 'U0' }), now())

  expect(opened.map(({ kind }) => kind)).toEqual([...Array<string>(10).fill('opened'), 'refused'])
  expect(opened.at(-1)).toEqual({ kind: 'refused', limit: 'all', most: 10 })
  expect(own).toEqual({ kind: 'refused', limit: 'own', most: 3 })
  expect(again.kind).toBe('opened')
})

test('one that somebody ended is told by the next turn, and looked at no more', async () => {
  await store.open(wish('web-1'), now())
  const it = bot()
  await it.turn()
  await store.end('web-1', { kind: 'ended', by: 'U2' }, now())
  await it.turn()
  clock += every
  await it.turn()

  expect(it.ended).toMatchObject([{ ended: { why: { kind: 'ended', by: 'U2' } } }])
  expect(idsOf(it)).toHaveLength(1)
})

test('what a look has seen is written down once, however often it is delivered', async () => {
  await store.open(wish('w', { hosts: ['web-1'] }), now())
  await store.seen('w', sightOf(backendDown()), 1, now())
  const first = await store.seen('w', sightOf(healthy()), 2, now())
  const again = await store.seen('w', sightOf(healthy()), 2, now())

  expect(first).toMatchObject({ looks: 2, changes: 1, news: { kind: 'other' } })
  expect(again).toEqual(first)
  expect(await store.seen('gone', sightOf(healthy()), 1, now())).toBeNull()
})

test('a very long path is watched as far as it is kept, and a watch that cannot be read hides none of the others', async () => {
  const site = { serverName: 'shop.example.com', path: `/${'a'.repeat(2000)}` }
  await store.open(wish('w', { hosts: ['web-1'], site }), now())
  await store.open(wish('strange'), now())
  await client.hset('gatemedic:lookout:strange', 'hosts', 'no list')

  const running = await store.running()
  await bot().turn()

  expect(running).toMatchObject([{ id: 'w', site: { serverName: 'shop.example.com' } }])
  expect(await client.zrange('gatemedic:lookouts', '0', '-1')).toEqual(['w'])
})

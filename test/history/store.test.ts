import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mostPerHost } from '../../src/history/keep-script.ts'
import { createHistory, type History } from '../../src/history/store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { day, failing, restart, well } from './remembering.ts'

let redis: TestRedis
let client: RedisClient
let today: string

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
beforeEach(async () => {
  today = day(20)
  await client.flushall()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

const ever = { from: new Date(day(0)), to: new Date(day(400)) }

function historyOf(keys = workerKeys, days = 90): History {
  return createHistory({ client, ...keys, days, now: () => new Date(today) })
}

describe('what is remembered', () => {
  it('is read newest first within the span, by either side', async () => {
    const history = historyOf()
    const entries = [failing(day(1)), failing(day(2)), well(day(3))]
    for (const entry of entries) await history.keep(entry)

    const read = await historyOf(botKeys).of('web-3', { from: new Date(day(2)), to: new Date(day(3)) })

    expect(read).toEqual({ entries: entries.toReversed().slice(0, 2), left: 0, more: false })
  })

  it('says that there is more than was wanted', async () => {
    const history = historyOf()
    for (const days of [1, 2, 3]) await history.keep(failing(day(days)))

    expect(await history.of('web-3', { ...ever, most: 2 })).toMatchObject({
      entries: [{ at: day(3) }, { at: day(2) }],
      more: true,
    })
  })

  it('is there once, whoever writes it again', async () => {
    const history = historyOf()
    await history.keep(failing(day(1)))
    await history.keep(failing(day(1)))

    expect((await history.of('web-3', ever)).entries).toHaveLength(1)
  })

  it('belongs to both hosts when an action was done on another machine', async () => {
    const history = historyOf()
    const action = restart(day(1), failing(day(1)), { host: 'app-1' })
    await history.keep(action)

    expect((await history.of('app-1', ever)).entries).toEqual([action])
    expect((await history.of('web-3', ever)).entries).toEqual([action])
  })

  it('survives Redis being killed', async () => {
    const history = historyOf()
    await history.keep(failing(day(1)))

    await redis.restart()

    expect((await history.of('web-3', ever)).entries).toEqual([failing(day(1))])
  })

  it('is gone when it is older than it may be, also where nothing was written since', async () => {
    const history = historyOf(workerKeys, 30)
    await history.keep(failing(day(1)))
    const before = (await history.of('web-3', ever)).entries.length

    today = day(32)

    expect(before).toBe(1)
    expect((await history.of('web-3', ever)).entries).toEqual([])
  })

  it('leaves nothing of an old entry in Redis when a newer one comes, and expires as a whole', async () => {
    const history = historyOf(workerKeys, 30)
    await history.keep(failing(day(1)))
    await history.keep(failing(day(32)))

    expect(await client.hkeys('gatemedic:history:web-3:entries')).toEqual([failing(day(32)).id])
    expect(await client.zcard('gatemedic:history:web-3')).toBe(1)
    expect(await client.ttl('gatemedic:history:web-3:entries')).toBeGreaterThan(30 * 24 * 3600 - 60)
    expect(await client.ttl('gatemedic:history:web-3')).toBeGreaterThan(30 * 24 * 3600 - 60)
  })

  it('is capped for each host, the oldest first', async () => {
    const history = historyOf()
    const keeping = Array.from({ length: mostPerHost + 3 }, (_, index) => history.keep(failing(day(1, index / 100))))
    await Promise.all(keeping)

    expect(await client.hlen('gatemedic:history:web-3:entries')).toBe(mostPerHost)
    expect((await history.of('web-3', ever)).entries.at(-1)?.at).toBe(day(1, 0.03))
  })
})

describe('what Redis says is remembered', () => {
  const index = 'gatemedic:history:web-3'

  async function plant(id: string, text: string): Promise<void> {
    await client.zadd(index, Date.parse(day(1)), id)
    await client.hset(`${index}:entries`, id, text)
  }

  it.each([
    [
      'a diagnosis that the bot has signed',
      () => historyOf(botKeys).prepare(failing(day(1)))[3] ?? '',
      failing(day(1)).id,
    ],
    [
      'an entry of another host',
      () => historyOf().prepare({ ...failing(day(1)), host: 'web-4' })[3] ?? '',
      failing(day(1)).id,
    ],
    ['an entry under another id', () => historyOf().prepare(failing(day(1)))[3] ?? '', 'd-2'],
    [
      'an update that the worker has signed',
      () => JSON.stringify(workerKeys.signer.sign('update', JSON.stringify(failing(day(1))))),
      failing(day(1)).id,
    ],
    ['no entry at all', () => '{"kind":"diagnosis"}', failing(day(1)).id],
    ['no text', () => '', 'd-3'],
  ])('is left out and counted where it is %s', async (_what, text, id) => {
    await plant(id, text())

    expect(await historyOf().of('web-3', ever)).toEqual({ entries: [], left: 1, more: false })
  })
})

import { afterEach, expect, test } from 'vitest'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import {
  openStormPlace,
  sendUntilTaken,
  type StormAlert,
  type StormPlace,
  stormChannel,
} from '../support/under-storm.ts'
import { until } from '../support/until.ts'

let place: StormPlace | undefined

afterEach(async () => {
  await place?.close()
  place = undefined
})

test(
  'a storm of alerts is one diagnosis for each host and nothing is lost when bot and worker are killed in its middle',
  { timeout: 120_000 },
  async () => {
    place = await openStormPlace({ hosts: 30, recording: 'web-2' })
    const { hosts, url, slack, redis } = place
    const [bot, worker] = await Promise.all([place.startBot(), place.startWorker()])
    const storm = stormOf(hosts, 1000)

    const half = storm.length / 2
    await inParallel(storm.slice(0, half), (alert) => sendUntilTaken(url, alert))
    const rest = inParallel(storm.slice(half), (alert) => sendUntilTaken(url, alert))
    await Promise.all([bot.kill('SIGKILL'), worker.kill('SIGKILL')])
    await Promise.all([place.startBot(), place.startWorker()])
    await rest

    const client = await openRedis(redis.url, 'work', { log: quiet })
    await until('every diagnosis has ended', async () => (await client.scard('gatemedic:diagnoses:open')) === 0, 60_000)
    await until('every host is told of', () => told(slack).size === hosts.length, 60_000)
    await until('nothing is left to say', async () => (await client.scard('gatemedic:outboxes')) === 0, 60_000)
    const diagnoses = await client.keys('gatemedic:diagnosis:????????????????????????????????')
    const counted = await alertsCounted(client)
    client.disconnect()

    expect(diagnoses).toHaveLength(hosts.length)
    expect(counted).toBe(storm.length)
    const refused = slack.calls().filter((call) => call.status === 429)
    expect(refused).toEqual([])
    for (const [method, { peakPerMinute, limit }] of slack.rates())
      expect(peakPerMinute, method).toBeLessThanOrEqual(limit)
  },
)

/** Distinct outbreaks, host after host, as a network that breaks sends them. */
function stormOf(hosts: readonly string[], many: number): readonly StormAlert[] {
  const startsAt = new Date().toISOString()
  return Array.from({ length: many }, (_, index) => ({
    id: `outbreak-${index}`,
    host: hosts[index % hosts.length] ?? '',
    title: ['HighErrorRate', 'ProbeFailed', 'LatencyHigh'][index % 3] ?? '',
    status: 'firing',
    startsAt,
  }))
}

async function inParallel<T>(all: readonly T[], work: (each: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const each of left) await work(each)
    }),
  )
}

/** Hosts that the channel has an answer for. */
function told(slack: StormPlace['slack']): ReadonlySet<string> {
  const texts = slack.workspace.messages(stormChannel).map((message) => JSON.stringify(message.blocks))
  return new Set(texts.flatMap((text) => text.match(/edge-\d+/g) ?? []))
}

async function alertsCounted(client: RedisClient): Promise<number> {
  const names = (await client.keys('gatemedic:alerts:case:*')).filter((name) => !/:(?:hosts|titles|todo)$/.test(name))
  const cases = await Promise.all(names.map((name) => client.hmget(name, 'wtotal', 'into')))
  return cases.reduce((sum, [total, into]) => sum + (into === null ? Number(total) : 0), 0)
}

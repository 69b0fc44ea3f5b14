import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createUntold, untoldChannels } from '../../src/alerts/storm/untold.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { diagnosed } from './cases.ts'
import { openOffice, type Office } from './office.ts'

const now = () => new Date('2026-11-21T03:09:00Z')
const lastAt = now().toISOString()
const alert = { kind: 'alert', source: 'prometheus', title: 'HighErrorRate' } as const
const dana = { kind: 'user', userId: 'U0DANA00001' } as const
let redis: TestRedis
let client: RedisClient
let office: Office

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
beforeEach(async () => {
  office = await openOffice('socket', { forAlerts: { untold: createUntold(client, now) } })
})
afterEach(async () => {
  await office.close()
  await client.flushall()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function tell(id: string, channel: string, requester: typeof alert | typeof dana): Promise<void> {
  await office.queues.open({ id, channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.post(id, { kind: 'diagnosis', diagnosis: diagnosed, proposal: null })
}

it('what an alert has found in a channel that the bot is not in is counted, and the log says to invite it', async () => {
  await expect(tell('t1', 'G0WARROOM01', alert)).rejects.toThrow('may not post')
  await expect(tell('t2', 'G0WARROOM01', alert)).rejects.toThrow('may not post')

  expect(await untoldChannels(client)).toEqual([{ channel: 'G0WARROOM01', count: 2, lastAt }])
  expect(office.said.join('\n')).toContain('invite it to the channel')
})

it('is no longer told as soon as an answer came to the channel', async () => {
  office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'not_in_channel' })
  await expect(tell('t1', 'C0INCIDENTS', alert)).rejects.toThrow('may not post')
  expect(await untoldChannels(client)).toEqual([{ channel: 'C0INCIDENTS', count: 1, lastAt }])

  await tell('t2', 'C0INCIDENTS', alert)

  expect(await untoldChannels(client)).toEqual([])
})

it('is not told of a person, who has a conversation of his own with the bot', async () => {
  await expect(tell('t1', 'G0WARROOM01', dana)).rejects.toThrow('may not post')

  expect(await untoldChannels(client)).toEqual([])
})

it('keeps fifty channels at most, for a week, and passes over what no bot wrote', async () => {
  const untold = createUntold(client, now)
  for (let index = 0; index < 60; index += 1) await untold.note(`C0CHANNEL${index}`)
  await client.hset('gatemedic:alerts:untold', 'C0CHANNEL0', '{"count":-1}')

  expect(await untoldChannels(client)).toHaveLength(49)
  expect(await client.ttl('gatemedic:alerts:untold')).toBe(7 * 24 * 3600)
})

import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { sign } from '../../src/alerts/signature.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { makeKeys } from '../../src/signing/key-files.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const secret = 'the secret of the generic source'
const token = 'the token of Alertmanager alone'
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7s2k7v0kB0g6f7xkq1S9Pq0v9Yw3mVh1z0oYw0h4aB'
const channel = 'C0EDGEALERT'
let redis: TestRedis
let client: RedisClient
let slack: StandIn
let bot: GatemedicProcess
let folder: string
let port: number
let healthPort: number

beforeAll(async () => {
  ;[redis, slack] = await Promise.all([startRedis(), startStandIn()])
  client = await openRedis(redis.url, 'ask', { log: quiet })
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-refused-'))
  port = await freePort()
  healthPort = await freePort()
  const file = join(folder, 'gatemedic.yml')
  const sources = {
    prometheus: { type: 'alertmanager' },
    pagerduty: { type: 'pagerduty' },
    generic: { type: 'generic' },
  }
  await writeFile(
    join(folder, 'hosts.yml'),
    JSON.stringify({ hosts: { 'web-1': { address: '192.0.2.1', user: 'medic', hostKey } } }),
  )
  await writeFile(file, JSON.stringify({ channels: { default: channel }, alerts: { port, sources } }))
  await makeKeys(join(folder, 'keys'))
  bot = startGatemedic({
    ROLE: 'bot',
    REDIS_URL: redis.url,
    GATEMEDIC_CONFIG: file,
    GATEMEDIC_HEALTH_PORT: `${healthPort}`,
    GATEMEDIC_ALERT_SECRET_PROMETHEUS: token,
    GATEMEDIC_ALERT_SECRET_PAGERDUTY: 'the secret that PagerDuty has made',
    GATEMEDIC_ALERT_SECRET: secret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  })
  await bot.ready()
}, 60_000)

afterAll(async () => {
  await bot.kill('SIGTERM')
  await slack.close()
  client.disconnect()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

async function send(source: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`http://127.0.0.1:${port}/alerts/${source}`, { method: 'POST', body, headers: all })
  await response.text()
  return response.status
}

function signed(body: string, at = Date.now(), key = secret): Record<string, string> {
  const timestamp = `${Math.floor(at / 1000)}`
  return { 'x-gatemedic-timestamp': timestamp, 'x-gatemedic-signature': sign(key, timestamp, body) }
}

function alert(over: Readonly<Record<string, string>> = {}): string {
  const usual = { id: 'a1', host: 'web-1', title: '5xx', status: 'firing', startsAt: '2026-11-21T03:04:00Z' }
  return JSON.stringify({ ...usual, ...over })
}

/** Keys that stand for something to be done or said. */
async function work(): Promise<readonly string[]> {
  const keys = await client.keys('*')
  return keys.filter((key) =>
    /^gatemedic:(?:thread|outbox|diagnos|fleet)|^bull[^:]*:[^:]+:(?:wait|delayed|\d|diag)/.test(key),
  )
}

function group(instance: string): string {
  return `{"version":"4","alerts":[{"status":"firing","labels":{"instance":"${instance}"},"annotations":{},"startsAt":"2026-11-21T03:04:00Z","fingerprint":"f"}]}`
}

function pagerduty(key: string): Record<string, string> {
  return { 'x-pagerduty-signature': `v1=${createHmac('sha256', key).update('{}').digest('hex')}` }
}

async function threads(): Promise<readonly string[]> {
  return (await work()).filter((key) => /^gatemedic:thread:[^:]+$/.test(key))
}

/** What the bot asks about itself at its start is nothing that an alert did. */
function callsOfSlack(): number {
  return slack.calls().filter(({ method }) => method !== 'auth.test').length
}

test('forged, replayed, oversized, malformed and wrong-host alerts are refused, logged and counted, and nothing runs', async () => {
  const calls = callsOfSlack()
  const known = alert({ status: 'resolved' })
  const once = signed(known)
  const bearer = { authorization: `Bearer ${token}` }
  const statuses = {
    forged: [
      await send('generic', alert(), {}),
      await send('generic', alert(), signed(alert(), Date.now(), 'another secret of many letters')),
      await send('generic', alert({ title: 'changed' }), signed(alert())),
      await send('prometheus', group('web-1'), { authorization: 'Bearer guess' }),
      await send('pagerduty', '{}', pagerduty('another secret of many letters')),
    ],
    replayed: [
      await send('generic', known, once),
      await send('generic', known, once),
      await send('generic', alert(), signed(alert(), Date.now() - 400_000)),
    ],
    oversized: [await send('prometheus', group('x'.repeat(1_100_000)), bearer)],
    malformed: [
      await send('prometheus', '{"version":"4"', bearer),
      await send('prometheus', '{"version":"4","alerts":[{"status":"on fire"}]}', bearer),
      await send('generic', '[]', signed('[]')),
    ],
    wrongHost: [
      await send('prometheus', group('169.254.169.254:80'), bearer),
      await send('prometheus', group('-oProxyCommand=reboot'), bearer),
      await send('prometheus', group('localhost:22'), bearer),
      await send('generic', alert({ host: 'web-9' }), signed(alert({ host: 'web-9' }))),
    ],
  }

  expect(statuses).toEqual({
    forged: [401, 401, 401, 401, 401],
    replayed: [202, 409, 401],
    oversized: [413],
    malformed: [422, 422, 422],
    // A group that is about nothing here is no failure of Alertmanager's.
    wrongHost: [202, 202, 202, 422],
  })
  expect(await work()).toEqual([])
  expect(callsOfSlack()).toBe(calls)

  // What is begun is begun in order of its time: when this one is, nothing of the others can come any more.
  expect(await send('prometheus', group('web-1:9113'), bearer)).toBe(202)
  await until('the one good alert has its thread', async () => (await threads()).length > 0, 30_000)
  expect(await threads()).toHaveLength(1)

  const counted = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text()
  const refused = (source: string, reason: string) =>
    new RegExp(`refused_total\\{source="${source}",reason="${reason}"\\} (\\d+)`).exec(counted)?.[1]
  expect([
    refused('generic', 'unauthenticated'),
    refused('generic', 'too-old'),
    refused('generic', 'replayed'),
  ]).toEqual(['3', '1', '1'])
  expect([
    refused('prometheus', 'too-large'),
    refused('prometheus', 'malformed'),
    refused('prometheus', 'not-ours'),
  ]).toEqual(['1', '2', '3'])
  const reasons = bot.output().match(/"why":"[a-z-]+"/g) ?? []
  expect(reasons).toHaveLength(15)
}, 60_000)

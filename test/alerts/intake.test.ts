import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openIntake } from '../../src/alerts/open-intake.ts'
import { sign } from '../../src/alerts/signature.ts'
import { unmappedAlerts } from '../../src/alerts/unmapped.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'
import { type IntakeBench, inventory, openBench, secret, source } from './bench-of-intake.ts'

let redis: TestRedis
let client: RedisClient
let bench: IntakeBench
const bearer = { authorization: `Bearer ${secret}` }

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

beforeEach(async () => {
  await client.flushall()
  bench = await openBench(client, [
    source({ type: 'generic', perMinute: 12 }),
    source({ type: 'alertmanager', name: 'prometheus', auth: 'bearer', channel: 'CPROM' }),
    source({ type: 'grafana' }),
    source({ type: 'pagerduty', secrets: ['the former secret of pagerduty', secret] }),
    source({ type: 'datadog', auth: 'basic', user: 'dog' }),
  ])
})

afterEach(() => bench.close())

function alert(overrides: Record<string, unknown> = {}): string {
  const usual = { id: newId(), host: 'web-1', title: '5xx above 5 %', severity: 'critical', status: 'firing' }
  return JSON.stringify({ ...usual, startsAt: '2026-11-21T03:04:00Z', ...overrides })
}

function headersFor(body: string, at = Date.now()): Record<string, string> {
  const timestamp = `${Math.floor(at / 1000)}`
  return { 'x-gatemedic-timestamp': timestamp, 'x-gatemedic-signature': sign(secret, timestamp, body) }
}

const send = (body: string, headers: Record<string, string> = headersFor(body)) =>
  bench.post('/alerts/generic', body, headers)

function group(alerts: readonly Record<string, unknown>[]): string {
  const one = { status: 'firing', annotations: {}, startsAt: '2026-11-21T03:04:00Z' }
  return JSON.stringify({ version: '4', alerts: alerts.map((each) => ({ ...one, fingerprint: newId(), ...each })) })
}

test('a signed alert is handed on with its host, and its sender hears so', async () => {
  const result = await send(alert({ id: 'mon-1', startsAt: '2026-11-21T04:04:00+01:00' }))

  expect(result.status).toBe(202)
  expect(JSON.parse(result.body)).toMatchObject({ id: 'mon-1', kind: 'opened', hosts: ['web-1'] })
  expect(bench.taken()).toEqual([
    {
      alert: {
        source: 'generic',
        id: 'mon-1',
        title: '5xx above 5 %',
        severity: 'critical',
        status: 'firing',
        labels: { host: 'web-1' },
        startsAt: '2026-11-21T03:04:00.000Z',
      },
      hosts: ['web-1'],
    },
  ])
})

test.each([
  ['not signed', () => send(alert(), {}), 401, 'unauthenticated'],
  [
    'signed with another secret',
    () => send(alert(), { ...headersFor('x'), 'x-gatemedic-signature': `v1=${'0'.repeat(64)}` }),
    401,
    'unauthenticated',
  ],
  ['signed for another body', () => send(alert(), headersFor(alert())), 401, 'unauthenticated'],
  [
    'signed six minutes ago',
    () => {
      const body = alert()
      return send(body, headersFor(body, Date.now() - 360_000))
    },
    401,
    'too-old',
  ],
  ['larger than 1 MB', () => send(alert({ title: 'x'.repeat(1_100_000) })), 413, 'too-large'],
  ['not JSON', () => send('hello'), 422, 'malformed'],
  ['without a time', () => send(alert({ startsAt: 'yesterday' })), 422, 'malformed'],
  ['about a host that is not ours', () => send(alert({ host: '169.254.169.254' })), 422, 'not-ours'],
  [
    'about a site that nobody serves',
    () => send(alert({ host: undefined, site: 'evil.example.com' })),
    422,
    'not-ours',
  ],
  ['about an address that two hosts have', () => send(alert({ host: '10.0.3.9' })), 422, 'not-ours'],
  ['about two things at once', () => send(alert({ site: 'shop.example.com' })), 422, 'malformed'],
  ['compressed', () => send(alert(), { ...headersFor(alert()), 'content-encoding': 'gzip' }), 415, 'encoding'],
  ['of a source that is not there', () => bench.post('/alerts/zabbix', alert(), bearer), 404, 'unknown-source'],
  ['for another source by its secret', () => bench.post('/alerts/grafana', alert(), bearer), 401, 'unauthenticated'],
  [
    'a form',
    () => bench.post('/alerts/prometheus', 'a=b', { ...bearer, 'content-type': 'text/plain' }),
    415,
    'content-type',
  ],
  [
    'with a wrong token',
    () => bench.post('/alerts/prometheus', group([]), { authorization: 'Bearer guess' }),
    401,
    'unauthenticated',
  ],
  [
    'with a token where a password is asked for',
    () => bench.post('/alerts/datadog', '{}', bearer),
    401,
    'unauthenticated',
  ],
  [
    'a group of another version',
    () => bench.post('/alerts/prometheus', '{"version":"3","alerts":[{}]}', bearer),
    422,
    'malformed',
  ],
  ['an empty group', () => bench.post('/alerts/prometheus', group([]), bearer), 422, 'malformed'],
])('an alert that is %s is refused and starts nothing', async (_what, sending, status, reason) => {
  const result = await sending()

  expect(result.status).toBe(status)
  expect(result.body).toMatch(/"error":"[a-z0-9]/)
  expect(bench.taken()).toEqual([])
  expect(bench.lines()).toMatchObject([{ msg: 'alert refused', why: reason, status }])
  expect(await bench.counted()).toMatch(
    new RegExp(`gatemedic_alert_requests_refused_total\\{source="[a-z]+",reason="${reason}"\\} 1\n`),
  )
})

test('the same request sent again is refused', async () => {
  const body = alert()
  const headers = headersFor(body)

  const results = [await send(body, headers), await send(body, headers)]

  expect(results.map((result) => result.status)).toEqual([202, 409])
  expect(bench.taken()).toHaveLength(1)
  expect(bench.lines()).toMatchObject([{ why: 'replayed' }])
})

test('a sender without signatures that repeats a request at once is told that it was taken, and nothing is done twice', async () => {
  const body = group([{ labels: { instance: 'web-1:9113' } }])

  const results = [
    await bench.post('/alerts/prometheus', body, bearer),
    await bench.post('/alerts/prometheus', body, bearer),
  ]

  expect(results.map((result) => result.status)).toEqual([202, 202])
  expect(bench.taken()).toHaveLength(1)
  expect(await bench.counted()).toContain('refused_total{source="prometheus",reason="replayed"} 1')
})

test('two requests of the same content at the same moment are taken once, and the other may come again', async () => {
  const body = group([{ labels: { instance: 'web-1:9113' } }])

  const results = await Promise.all(Array.from({ length: 6 }, () => bench.post('/alerts/prometheus', body, bearer)))

  expect(bench.taken()).toHaveLength(1)
  for (const { status } of results) expect([202, 503]).toContain(status)
})

test('each alert of a group is handed on with its own hosts, and what is nobody’s is told', async () => {
  const body = group([
    { labels: { instance: 'web-1:9113' }, annotations: { summary: 'nginx is down' } },
    { labels: { instance: 'https://shop.example.com/cart?id=1' }, status: 'resolved' },
    { labels: { instance: 'db-1:9187', alertname: 'PostgresDown' } },
  ])

  const result = await bench.post('/alerts/prometheus', body, bearer)

  expect(result.status).toBe(202)
  expect(bench.taken()).toMatchObject([
    { hosts: ['web-1'], channel: 'CPROM', alert: { title: 'nginx is down' } },
    {
      hosts: ['web-1', 'web-2'],
      site: { serverName: 'shop.example.com', path: '/cart' },
      alert: { status: 'resolved' },
    },
  ])
  expect(JSON.parse(result.body)).toMatchObject({ counts: { opened: 2, unmapped: 1 } })
  expect(await unmappedAlerts(client, new Date())).toMatchObject([
    {
      source: 'prometheus',
      title: 'PostgresDown',
      because: 'instance=db-1:9187: no host has that name; nearest web-1',
      count: 1,
    },
  ])
  expect(await bench.counted()).toContain('gatemedic_alerts_mapped_total{source="prometheus",outcome="unmapped"} 1')
})

test('a group that is about nothing here is no failure of its sender, and still logged and counted', async () => {
  const strangers = [{ labels: { instance: 'db-1:9187' } }, { labels: { job: 'node' } }]
  const result = await bench.post('/alerts/prometheus', group(strangers), bearer)

  expect(result.status).toBe(202)
  expect(bench.taken()).toEqual([])
  expect(bench.lines()).toMatchObject([
    {
      why: 'not-ours',
      source: 'prometheus',
      unmapped: [expect.stringContaining('instance=db-1:9187: no host'), expect.stringContaining('none of the labels')],
    },
  ])
})

test('more requests than the rate allows are refused, unsigned ones do not use it up', async () => {
  for (let sent = 0; sent < 15; sent++) await send(alert(), {})
  const statuses: number[] = []
  for (let sent = 0; sent < 14; sent++) statuses.push((await send(alert())).status)

  expect(statuses.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 202))
  expect(statuses).toContain(429)
})

test('a queue that is away is told to the sender, and the very same request is taken afterwards', async () => {
  const body = alert()
  const headers = headersFor(body)

  bench.state.queueIsAway = true
  const away = await send(body, headers)
  bench.state.queueIsAway = false
  const again = await send(body, headers)

  expect([away.status, again.status]).toEqual([503, 202])
  expect(away.headers.get('retry-after')).toBe('60')
  expect(bench.taken()).toHaveLength(1)
})

test('a taken port is one clear message', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0

  const starting = openBench(client, [source({ type: 'generic' })], { port })

  await expect(starting).rejects.toThrow(`port ${port} on 127.0.0.1 is taken by another process: change alerts.port`)
  await new Promise((resolve) => other.close(resolve))
})

test('a log says where alerts are taken and how each sender proves itself', async () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const parts = { client, inventory: () => inventory, metrics: createMetrics({ ofProcess: false }), log }
  const sources = [source({ type: 'alertmanager', name: 'prometheus', auth: 'bearer' }), source({ type: 'grafana' })]

  const { port, close } = await openIntake(
    { port: await freePort(), listenOn: '127.0.0.1', sources },
    { ...parts, take: () => Promise.resolve([]), now: () => new Date() },
  )
  await close()

  const addresses = ['/alerts/prometheus (bearer)', '/alerts/grafana (hmac)']
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'alert intake is open',
    listenOn: '127.0.0.1',
    port,
    addresses,
  })
  expect(lines.join()).not.toContain(secret)
})

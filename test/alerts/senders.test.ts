import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { type IntakeBench, openBench, secret, source } from './bench-of-intake.ts'

let redis: TestRedis
let client: RedisClient
let bench: IntakeBench
let clock: Date
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
  clock = new Date('2026-11-21T03:05:00Z')
  const sources = [
    source({ type: 'alertmanager', auth: 'bearer' }),
    source({ type: 'grafana' }),
    source({ type: 'datadog', auth: 'basic', user: 'dog' }),
    source({
      type: 'pagerduty',
      secrets: ['the former secret of pagerduty', secret],
      map: [{ label: 'service', site: '$0' }],
    }),
  ]
  bench = await openBench(client, sources, { clock: () => clock })
})

afterEach(() => bench.close())

function body(path: string): Buffer {
  return readFileSync(new URL(path, import.meta.url))
}

function grafanaHeaders(
  content: Buffer,
  key = secret,
  timestamp = `${clock.getTime() / 1000}`,
): Record<string, string> {
  return {
    'x-grafana-alerting-signature': createHmac('sha256', key).update(`${timestamp}:`).update(content).digest('hex'),
    'x-grafana-alerting-signature-timestamp': timestamp,
  }
}

function pagerdutyHeaders(content: Buffer, keys = [secret]): Record<string, string> {
  const signatures = keys.map((key) => `v1=${createHmac('sha256', key).update(content).digest('hex')}`)
  return { 'x-pagerduty-signature': signatures.join(',') }
}

test('what Alertmanager sends of one alert is one alert with its host', async () => {
  const result = await bench.post('/alerts/alertmanager', body('alertmanager/firing.json'), bearer)

  expect(result.status).toBe(202)
  expect(bench.taken()).toEqual([
    {
      hosts: ['web-1'],
      alert: {
        source: 'alertmanager',
        id: '95361cf62241a8e0',
        title: 'nginx on web-1 does not answer',
        severity: 'critical',
        status: 'firing',
        labels: { alertname: 'NginxDown', instance: 'web-1:9113', job: 'nginx', severity: 'critical' },
        startsAt: '2026-11-21T23:57:46.000Z',
      },
    },
  ])
})

test('the end that Alertmanager sends has the id and the beginning of what it ends', async () => {
  await bench.post('/alerts/alertmanager', body('alertmanager/firing.json'), bearer)
  await bench.post('/alerts/alertmanager', body('alertmanager/resolved.json'), bearer)

  const [fires, ends] = bench.taken()
  expect(ends?.alert).toEqual({ ...fires?.alert, status: 'resolved' })
})

test('of a group of which one has ended, one fires and one has ended', async () => {
  await bench.post('/alerts/alertmanager', body('alertmanager/one-of-two-resolved.json'), bearer)

  // wiki.example.com is served by nobody here.
  expect(bench.taken()).toMatchObject([
    {
      hosts: ['web-1', 'web-2'],
      site: { serverName: 'shop.example.com', path: '/health' },
      alert: { status: 'firing' },
    },
  ])
})

test('Grafana’s alerts are read with their own times, signed by HMAC', async () => {
  const content = body('grafana/firing.json')

  const result = await bench.post('/alerts/grafana', content, grafanaHeaders(content))

  expect(result.status).toBe(202)
  expect(bench.taken()).toMatchObject([
    {
      hosts: ['web-2'],
      alert: { title: '5xx above 5 % on web-2', status: 'firing', startsAt: '2026-11-21T02:04:00.157Z' },
    },
    { hosts: ['web-1'], alert: { title: 'nginx 5xx ratio', status: 'resolved' } },
  ])
})

test.each([
  ['by another secret', (content: Buffer) => grafanaHeaders(content, 'another secret of many letters')],
  ['over another body', () => grafanaHeaders(Buffer.from('{}'))],
  ['six minutes ago', (content: Buffer) => grafanaHeaders(content, secret, `${clock.getTime() / 1000 - 360}`)],
  [
    'without a time, which would hold for ever',
    (content: Buffer) => ({
      'x-grafana-alerting-signature': createHmac('sha256', secret).update(content).digest('hex'),
    }),
  ],
  [
    'at another time than it says',
    (content: Buffer) => ({
      ...grafanaHeaders(content),
      'x-grafana-alerting-signature-timestamp': `${clock.getTime() / 1000 + 1}`,
    }),
  ],
])('a body that Grafana would have signed %s is refused', async (_what, headers) => {
  const content = body('grafana/firing.json')

  const result = await bench.post('/alerts/grafana', content, headers(content))

  expect(result.status).toBe(401)
  expect(bench.taken()).toEqual([])
})

test('a request of Grafana that somebody sends once more is refused', async () => {
  const content = body('grafana/firing.json')

  const results = [
    await bench.post('/alerts/grafana', content, grafanaHeaders(content)),
    await bench.post('/alerts/grafana', content, grafanaHeaders(content)),
  ]

  expect(results.map(({ status }) => status)).toEqual([202, 409])
})

test('Datadog’s template tells the host, and its recovery the beginning of what has ended', async () => {
  const basic = { authorization: `Basic ${Buffer.from(`dog:${secret}`).toString('base64')}` }
  const results = [
    await bench.post('/alerts/datadog', body('datadog/triggered.json'), basic),
    await bench.post('/alerts/datadog', body('datadog/recovered.json'), basic),
    await bench.post('/alerts/datadog', body('datadog/site.json'), basic),
  ]

  expect(results.map(({ status }) => status)).toEqual([202, 202, 202])
  expect(bench.taken()).toMatchObject([
    {
      hosts: ['web-1'],
      alert: {
        title: 'nginx is down',
        severity: 'P1',
        status: 'firing',
        labels: { env: 'prod', host: 'web-1', service: 'nginx' },
      },
    },
    { hosts: ['web-1'], alert: { title: 'nginx is down', severity: 'unknown', status: 'resolved' } },
    {
      hosts: ['web-1', 'web-2'],
      site: { serverName: 'shop.example.com', path: '/cart' },
      alert: { title: 'HTTP check', severity: 'unknown' },
    },
  ])
  expect(bench.taken()[1]?.alert.startsAt).toBe(bench.taken()[0]?.alert.startsAt)
})

test('an incident of PagerDuty is about what a rule makes of its service', async () => {
  const content = body('pagerduty/triggered.json')

  const result = await bench.post('/alerts/pagerduty', content, pagerdutyHeaders(content))

  expect(result.status).toBe(202)
  expect(bench.taken()).toMatchObject([
    { hosts: ['web-1', 'web-2'], alert: { id: 'PGR0VU2', severity: 'P1', startsAt: '2026-11-21T03:04:05.169Z' } },
  ])
})

test('one of several signatures of PagerDuty is enough while a secret is exchanged', async () => {
  const content = body('pagerduty/resolved.json')

  const newer = await bench.post(
    '/alerts/pagerduty',
    content,
    pagerdutyHeaders(content, ['a secret not known here yet', secret]),
  )

  expect(newer.status).toBe(202)
  expect(bench.taken()).toMatchObject([{ alert: { id: 'PGR0VU2', status: 'resolved' } }])
})

test('a body that none of PagerDuty’s signatures fits is refused', async () => {
  const content = body('pagerduty/triggered.json')
  const forged = pagerdutyHeaders(content, ['guess one of somebody', 'guess two of somebody'])

  const result = await bench.post('/alerts/pagerduty', content, forged)

  expect(result.status).toBe(401)
  expect(bench.taken()).toEqual([])
})

test('a delivery that PagerDuty repeats is taken once and accepted, also an hour later', async () => {
  const content = body('pagerduty/triggered.json')
  const first = await bench.post('/alerts/pagerduty', content, pagerdutyHeaders(content))
  clock = new Date('2026-11-21T04:05:00Z')
  const repeated = await bench.post('/alerts/pagerduty', content, pagerdutyHeaders(content))

  expect([first.status, repeated.status]).toEqual([202, 202])
  expect(bench.taken()).toHaveLength(1)
})

test('a delivery of PagerDuty that somebody kept and sends two days later starts nothing', async () => {
  const content = body('pagerduty/triggered.json')
  clock = new Date('2026-11-23T03:05:00Z')

  const result = await bench.post('/alerts/pagerduty', content, pagerdutyHeaders(content))

  expect(result.body).toContain('more than a day ago')
  expect(bench.taken()).toEqual([])
  expect(bench.lines()).toMatchObject([{ why: 'too-old' }])
})

test('a note on an incident of PagerDuty is accepted and starts nothing', async () => {
  const content = body('pagerduty/annotated.json')

  const result = await bench.post('/alerts/pagerduty', content, pagerdutyHeaders(content))

  expect(result.status).toBe(202)
  expect(bench.taken()).toEqual([])
})

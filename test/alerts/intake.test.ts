import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startAlertIntake } from '../../src/alerts/intake.ts'
import { sign } from '../../src/alerts/signature.ts'
import { QueueUnreachableError } from '../../src/jobs/desk.ts'
import { createSeen, createSeenBefore } from '../../src/jobs/seen-before.ts'
import type { DiagnosisRequest } from '../../src/jobs/request.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, now, quiet } from '../support/bench-of-queues.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let client: RedisClient
let intake: Awaited<ReturnType<typeof startAlertIntake>>
let asked: DiagnosisRequest[]
let queueIsAway: boolean
const secret = 'a secret of more than thirty-two letters'
const hosts = new Map([
  ['web-1', { name: 'web-1', sites: ['shop.example.com'], groups: ['edge'] }],
  ['web-2', { name: 'web-2' }],
  ['web-3', { name: 'web-3', groups: ['edge'] }],
])
const channels = { default: undefined, hosts: { 'web-1': 'CWEB1' }, groups: { edge: 'CEDGE' } }

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

beforeEach(async () => {
  asked = []
  queueIsAway = false
  const desk = {
    diagnose: (request: DiagnosisRequest) => {
      if (queueIsAway) return Promise.reject(new QueueUnreachableError())
      asked.push(request)
      return Promise.resolve({ kind: 'queued' as const, diagnosisId: request.id })
    },
  }
  const parts = {
    desk,
    threads: createThreadStore(client),
    inventory: () => ({ hosts }),
    channels,
    now,
    newId,
    log: quiet,
  }
  const settings = { port: await freePort(), listenOn: '127.0.0.1', secret }
  intake = await startAlertIntake(settings, {
    ...parts,
    seenBefore: createSeenBefore(client),
    seen: createSeen(client),
    perMinute: 12,
  })
})

afterEach(() => intake.close())

function alert(overrides: Record<string, unknown> = {}): string {
  const usual = { id: newId(), host: 'web-1', title: '5xx above 5 %', severity: 'critical', status: 'firing' }
  return JSON.stringify({ ...usual, startsAt: '2026-11-21T03:04:00Z', ...overrides })
}

function headersFor(body: string, at = Date.now()): Record<string, string> {
  const timestamp = `${Math.floor(at / 1000)}`
  return { 'x-gatemedic-timestamp': timestamp, 'x-gatemedic-signature': sign(secret, timestamp, body) }
}

async function send(body: string, headers: Record<string, string> = headersFor(body)) {
  const response = await fetch(`http://127.0.0.1:${intake.port}/alerts/generic`, { method: 'POST', body, headers })
  return { status: response.status, body: await response.text() }
}

test('a signed alert opens a thread in the channel of its host and queues the diagnosis', async () => {
  const result = await send(alert())

  const thread = await createThreadStore(client).find(asked[0]?.threadId ?? '')
  expect(result.status).toBe(202)
  expect(asked).toMatchObject([
    { host: 'web-1', requester: { kind: 'alert', source: 'generic', title: '5xx above 5 %' } },
  ])
  expect(thread).toMatchObject({ channel: 'CWEB1', via: 'root', rootTs: null })
})

test('a site stands for the host that serves it, and a group for its channel', async () => {
  await send(alert({ host: undefined, site: 'Shop.example.com' }))
  await send(alert({ host: 'web-3' }))

  expect(asked[0]).toMatchObject({ host: 'web-1', site: { serverName: 'shop.example.com', path: '/' } })
  expect(await createThreadStore(client).find(asked[1]?.threadId ?? '')).toMatchObject({ channel: 'CEDGE' })
})

test.each([
  ['not signed', () => send(alert(), {}), 401],
  [
    'signed with another secret',
    () => send(alert(), { ...headersFor('x'), 'x-gatemedic-signature': `v1=${'0'.repeat(64)}` }),
    401,
  ],
  ['signed for another body', () => send(alert(), headersFor(alert())), 401],
  [
    'signed six minutes ago',
    () => {
      const body = alert()
      return send(body, headersFor(body, Date.now() - 360_000))
    },
    401,
  ],
  ['larger than 64 kB', () => send(alert({ title: 'x'.repeat(70_000) })), 413],
  ['not JSON', () => send('hello'), 422],
  ['about a host that is not ours', () => send(alert({ host: '169.254.169.254' })), 422],
  ['about a site that nobody serves', () => send(alert({ host: undefined, site: 'evil.example.com' })), 422],
  ['about a host without a channel', () => send(alert({ host: 'web-2' })), 422],
  ['about two things at once', () => send(alert({ site: 'shop.example.com' })), 422],
])('an alert that is %s is refused and starts nothing', async (_what, sending, status) => {
  const result = await sending()

  expect(result.status).toBe(status)
  expect(result.body).toMatch(/"error":"[a-z0-9]/)
  expect(asked).toEqual([])
})

test('the same request sent again is refused', async () => {
  const body = alert()
  const headers = headersFor(body)

  const results = [await send(body, headers), await send(body, headers)]

  expect(results.map((result) => result.status)).toEqual([202, 409])
  expect(asked).toHaveLength(1)
})

test('an outbreak that its sender repeats gets one thread, and the next outbreak another', async () => {
  const id = newId()
  await send(alert({ id, severity: 'warning' }))
  await send(alert({ id, severity: 'critical' }))
  await send(alert({ id, startsAt: '2026-11-21T05:00:00Z' }))

  expect(asked).toHaveLength(2)
})

test('a resolved alert starts nothing', async () => {
  const result = await send(alert({ status: 'resolved' }))

  expect(result.status).toBe(202)
  expect(asked).toEqual([])
})

test('more alerts than the rate allows are refused, unsigned ones do not use it up', async () => {
  for (let sent = 0; sent < 15; sent++) await send(alert(), {})
  const statuses: number[] = []
  for (let sent = 0; sent < 14; sent++) statuses.push((await send(alert())).status)

  expect(statuses.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 202))
  expect(statuses).toContain(429)
})

test('a queue that is away is told to the sender, who may send it again', async () => {
  queueIsAway = true

  const id = newId()
  const away = await send(alert({ id }))
  queueIsAway = false
  const again = await send(alert({ id, severity: 'sent again' }))

  expect([away.status, again.status]).toEqual([503, 202])
  expect(asked).toHaveLength(1)
})

test('a taken port is one clear message', async () => {
  const other = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
  const parts = { desk: { diagnose: () => Promise.reject(new Error('unused')) }, threads: createThreadStore(client) }
  const rest = {
    inventory: () => ({ hosts }),
    channels,
    now,
    newId,
    log: quiet,
    seenBefore: createSeenBefore(client),
    seen: createSeen(client),
  }

  const starting = startAlertIntake({ port, listenOn: '127.0.0.1', secret }, { ...parts, ...rest })

  await expect(starting).rejects.toThrow(`port ${port} on 127.0.0.1 is taken by another process: change alerts.port`)
  await new Promise((resolve) => other.close(resolve))
})

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { type IntakeBench, openBench, secret, source } from './bench-of-intake.ts'

let redis: TestRedis
let client: RedisClient
let bench: IntakeBench
let sockets: Socket[]
const bearer = { authorization: `Bearer ${secret}` }
const path = '/alerts/prometheus'

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

const sources = [
  source({ type: 'alertmanager', name: 'prometheus', auth: 'bearer' }),
  source({ type: 'generic', auth: 'hmac' }),
]

beforeEach(async () => {
  await client.flushall()
  sockets = []
  bench = await openBench(client, sources, { patience: { head: 200, whole: 400 } })
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await bench.close()
})

/** Writes as it is told and answers everything that comes back until the other side hangs up. */
async function raw(write: (socket: Socket) => void): Promise<string> {
  const socket = connect(bench.port, '127.0.0.1')
  sockets.push(socket)
  const heard: string[] = []
  socket.setEncoding('utf8').on('data', (chunk: string) => void heard.push(chunk))
  await once(socket, 'connect')
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  // A server that has heard enough hangs up while we still write.
  socket.on('error', () => undefined)
  write(socket)
  await closed
  return heard.join('')
}

const headOf = (target: string, more: string) =>
  `POST ${target} HTTP/1.1\r\nhost: gatemedic\r\ncontent-type: application/json\r\n${more}\r\n`

function group(labels: string): string {
  return `{"version":"4","alerts":[{"status":"firing","labels":${labels},"annotations":{},"startsAt":"2026-11-21T03:04:00Z","fingerprint":"f1"}]}`
}

test('a head that never ends is hung up on, logged and counted', async () => {
  const heard = await raw((socket) => socket.write(`POST ${path} HTTP/1.1\r\nx-slow: `))

  expect(heard).toMatch(/^HTTP\/1\.1 503 /)
  expect(await bench.counted()).toContain('refused_total{source="unknown",reason="broken-off"} 1')
  expect(bench.lines()).toMatchObject([{ why: 'broken-off', msg: 'alert refused' }])
})

test('a body that does not come to its end in time is to be sent again, and starts nothing', async () => {
  const heard = await raw((socket) =>
    socket.write(`${headOf(path, `authorization: Bearer ${secret}\r\ncontent-length: 5000\r\n`)}{"version"`),
  )

  expect(heard).toMatch(/^HTTP\/1\.1 503 /)
  expect(bench.taken()).toEqual([])
  expect(await bench.counted()).toMatch(/refused_total\{source="\w+",reason="broken-off"\} 1/)
})

test('a connection on which nothing is said is hung up on', async () => {
  const heard = await raw(() => undefined)

  expect(heard).toMatch(/^HTTP\/1\.1 503 /)
})

test('who was hung up on and stays is put out, and holds no place', async () => {
  const socket = connect({ port: bench.port, host: '127.0.0.1', allowHalfOpen: true })
  sockets.push(socket)
  socket.on('error', () => undefined)
  const heard = once(socket, 'data')
  socket.write(`POST ${path} HTTP/1.1\r\nx-slow: `)
  await heard

  // What is written to a connection that the other side still holds is taken.
  const gone = until('the connection is gone', () => socket.destroyed || (socket.write('x'), false), 4000)

  await expect(gone).resolves.toBe(true)
})

test('many that send slowly do not keep out who sends', async () => {
  const slow = Array.from({ length: 60 }, () => raw((socket) => socket.write(`POST ${path} HTTP/1.1\r\nx-slow: `)))

  const result = await bench.post(path, group('{"instance":"web-1"}'), bearer)

  expect(result.status).toBe(202)
  await Promise.all(slow)
})

test('strangers whose bodies fill the memory that they are granted do not keep out who has said who he is', async () => {
  await bench.close()
  bench = await openBench(client, sources, { patience: { head: 5000, whole: 10_000 } })
  const heard: string[] = []
  for (const bytes of [990_000, 90_000]) {
    const body = `${headOf('/alerts/generic', 'content-length: 1000000\r\n')}${'x'.repeat(bytes)}`
    const before = heard.length
    for (let each = 0; each < 40; each += 1)
      raw((socket) => socket.write(body)).then(
        (text) => void heard.push(text),
        () => undefined,
      )
    await until('some of them are turned away', () => heard.slice(before).some((text) => text.includes(' 503 ')))
  }

  const large = group(`{"instance":"web-1","description":"${'y'.repeat(500_000)}"}`)
  const result = await bench.post(path, large, bearer)

  expect(result.status).toBe(202)
})

test('what is no HTTP is refused and counted', async () => {
  const heard = await raw((socket) => socket.write('\u0016\u0003\u0001 hello\r\n\r\n'))

  expect(heard).toMatch(/^HTTP\/1\.1 400 /)
  expect(await bench.counted()).toContain('refused_total{source="unknown",reason="malformed"} 1')
})

test('without a token not a byte of the body is waited for', async () => {
  const heard = await raw((socket) => socket.write(headOf(path, 'content-length: 900000\r\n')))

  expect(heard).toMatch(/^HTTP\/1\.1 401 /)
})

test('a label of 10 MB is refused at its announced size, and as soon as it is too long when no size was announced', async () => {
  const body = group(`{"instance":"${'x'.repeat(10_000_000)}"}`)
  const head = `authorization: Bearer ${secret}\r\n`

  const announced = await raw((socket) => socket.write(headOf(path, `${head}content-length: ${body.length}\r\n`)))
  const chunked = await raw((socket) => {
    socket.write(
      `${headOf(path, `${head}transfer-encoding: chunked\r\n`)}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    )
  })

  expect(announced).toMatch(/^HTTP\/1\.1 413 /)
  expect(chunked === '' || chunked.startsWith('HTTP/1.1 413 ')).toBe(true)
  expect(bench.taken()).toEqual([])
  expect(bench.lines()).toMatchObject([{ why: 'too-large' }, { why: 'too-large' }])
})

test('a compressed body is refused and never unpacked', async () => {
  const result = await bench.post(path, gzipSync(Buffer.alloc(50_000_000)), { ...bearer, 'content-encoding': 'gzip' })

  expect(result.status).toBe(415)
})

test('of a key that stands twice the last one is meant, and only that', async () => {
  const result = await bench.post(path, group('{"instance":"web-2:9113","instance":"web-1:9113"}'), bearer)

  expect(result.status).toBe(202)
  expect(bench.taken()).toMatchObject([{ hosts: ['web-1'], alert: { labels: { instance: 'web-1:9113' } } }])
})

test('labels that are called like parts of an object are left out, and change no object', async () => {
  const labels =
    '{"__proto__":{"instance":"web-1"},"constructor":"web-1","prototype":"web-2","instance":"web-2","polluted":5}'
  await bench.post(path, group(labels), bearer)
  await bench.post(path, group('{"__proto__":"web-1"}'), bearer)

  expect(bench.taken().map(({ alert }) => Object.keys(alert.labels))).toEqual([['instance']])
  expect({}).not.toHaveProperty('instance')
})

test('JSON that is nested as deep as a body allows is refused, and the next request is answered', async () => {
  const deep = '['.repeat(500_000) + ']'.repeat(500_000)
  const results = [
    await bench.post(path, deep, bearer),
    await bench.post(path, `{"version":"4","alerts":[{"labels":${deep.slice(100_000, 900_000)}}]}`, bearer),
    await bench.post(path, group('{"instance":"web-1"}'), bearer),
  ]

  expect(results.map(({ status }) => status)).toEqual([422, 422, 202])
})

test('more alerts than one request may carry are counted and said', async () => {
  const one =
    '{"status":"firing","labels":{"instance":"web-1"},"annotations":{},"startsAt":"2026-11-21T03:04:00Z","fingerprint":"f1"}'
  const body = `{"version":"4","truncatedAlerts":7,"alerts":[${Array.from({ length: 1005 }, () => one).join()}]}`

  const result = await bench.post(path, body, bearer)

  expect(result.status).toBe(202)
  expect(bench.taken()).toHaveLength(1000)
  expect(JSON.parse(result.body)).toMatchObject({ counts: { opened: 1000, left: 12 } })
})

test('labels beyond what can be kept are cut, in number and length', async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`label_${index}`, 'y'.repeat(3000)]))

  await bench.post(path, group(JSON.stringify({ instance: 'web-1', ...many })), bearer)

  const [taken] = bench.taken()
  expect(Object.keys(taken?.alert.labels ?? {})).toHaveLength(64)
  expect(taken?.alert.labels['label_1']).toHaveLength(1024)
})

test('a flood of refusals does not fill the log, and all of it is counted', async () => {
  await bench.close()
  const at = new Date()
  bench = await openBench(client, sources, { clock: () => at })
  for (let sent = 0; sent < 50; sent++) await bench.post(path, '{}', {})

  expect(bench.lines()).toHaveLength(30)
  expect(await bench.counted()).toContain('refused_total{source="prometheus",reason="unauthenticated"} 50')
})

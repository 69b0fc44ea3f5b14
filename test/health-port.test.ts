import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHealthPort } from '../src/health-port.ts'
import { createMetrics, type Metrics } from '../src/metrics.ts'
import { openRedis, type RedisClient } from '../src/redis.ts'
import { quiet } from './support/bench-of-queues.ts'
import { freePort, startRedis, type TestRedis } from './support/redis.ts'
import { until } from './support/until.ts'

let redis: TestRedis
let client: RedisClient
let metrics: Metrics
let port: number
let close: () => Promise<void>

beforeEach(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
  metrics = createMetrics({ ofProcess: true })
  port = await freePort()
  close = (await startHealthPort(port, client, metrics)).close
})

afterEach(async () => {
  await close()
  client.disconnect()
  await redis.stop()
})

const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method })

test('what was counted stands on /metrics in the format of Prometheus, with memory and event loop of the process', async () => {
  metrics.alertReceived('prometheus', 'firing')
  metrics.alertRefused('unknown', 'unknown-source')

  const response = await get('/metrics')
  const text = await response.text()

  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toContain('gatemedic_alerts_received_total{source="prometheus",status="firing"} 1\n')
  expect(text).toContain('gatemedic_alert_requests_refused_total{source="unknown",reason="unknown-source"} 1\n')
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
})

test('health says whether Redis answers, and nothing else is to be had', async () => {
  const well = await get('/health')
  client.disconnect()
  await until('the connection has ended', () => client.status === 'end')
  const away = await get('/health')

  expect([well.status, away.status]).toEqual([200, 503])
  expect(await Promise.all(['/', '/health?x', '/metrics/'].map(async (path) => (await get(path)).status))).toEqual([
    404, 404, 404,
  ])
  expect((await get('/metrics', 'POST')).status).toBe(404)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHistory } from '../../src/history/store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { makeKeys, readKeys } from '../../src/signing/key-files.ts'
import { failing, restart } from '../history/remembering.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-history-'))
const config = join(folder, 'gatemedic.yml')
let redis: TestRedis
let client: RedisClient

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  writeFileSync(config, '')
  await makeKeys(join(folder, 'keys'))
  const keys = await readKeys(join(folder, 'keys'), 'worker')
  const history = createHistory({ client, ...keys, days: 90, now: () => new Date() })
  const first = failing(ago(50), { headline: '\u001B[31mdown' })
  for (const entry of [first, restart(ago(49), first), failing(ago(9))]) await history.keep(entry)
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
  rmSync(folder, { recursive: true })
})

function ago(hours: number): string {
  return new Date(Date.now() - hours * 3600_000).toISOString()
}

const history = (...args: readonly string[]) =>
  runCli(['history', ...args, '--config', config], { env: { REDIS_URL: redis.url } })

test('the history of a host says how often, what was done and how long it held', async () => {
  const { stdout, stderr } = await history('web-3')

  expect(stderr).toBe('')
  expect(stdout).toContain('web-3: the last 7 days')
  expect(stdout).toContain('2 x backend-down (the backend is down)')
  expect(stdout).toContain('  restart-unit shop-api.service by U0DANA00001: helped, for 40 h')
})

test('the history of a cause is told as JSON, and so is one with nothing in it', async () => {
  const [told, nothing] = await Promise.all([history('backend-down', '--json'), history('disk-full', '--json')])

  expect(JSON.parse(told.stdout)).toMatchObject({ schema: 1, of: 'backend-down', rows: [{ looks: 1 }, { looks: 1 }] })
  expect(JSON.parse(nothing.stdout)).toMatchObject({ rows: [], counts: [] })
})

test('a name that is neither host nor cause gets the nearest ones', async () => {
  const { exitCode, stderr } = await history('web-33')

  expect(exitCode).toBe(2)
  expect(stderr).toContain('near it: web-3')
})

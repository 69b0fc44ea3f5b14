import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { FeedbackKept } from '../../src/history/entry.ts'
import { type HitRate, hitRate } from '../../src/history/hit-rate.ts'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { withRemembered } from '../../src/cli/remembered.ts'
import { createHistory } from '../../src/history/store.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { makeKeys, readKeys, type Side } from '../../src/signing/key-files.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-stats-'))
const config = join(folder, 'gatemedic.yml')
const keysDir = join(folder, 'keys')
const ids = ['aaaaaaaa11', 'bbbbbbbb22', 'cccccccc33', 'dddddddd44'] as const
let redis: TestRedis
let client: RedisClient

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  writeFileSync(config, 'inventory: hosts.yml\n')
  writeFileSync(
    join(folder, 'hosts.yml'),
    `hosts:
  web-1: { address: 192.0.2.1, user: medic, hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0A8Yx1ZQm1v4lq6q8yJH0Lk5S3u1l2cV7fE9x2r0Aa", agent: true, groups: [edge] }
  web-2: { address: 192.0.2.2, user: medic, hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0A8Yx1ZQm1v4lq6q8yJH0Lk5S3u1l2cV7fE9x2r0Aa", agent: true }
`,
  )
  await makeKeys(keysDir)
  for (const [index, id] of ids.entries()) await diagnosed(id, index === 3 ? 'web-2' : 'web-1')
  await judged(ids[0], 'U0A', { said: 'right' })
  await judged(ids[1], 'U0A', { said: 'something-else', cause: 'disk-full', note: 'df said so' })
  await judged(ids[1], 'U0B', { said: 'wrong' })
  await judged(ids[3], 'U0A', { said: 'right' }, 'web-2')
  const snapshot = await readSnapshot('demo/recordings/web-1')
  await createKeptCaptures(client, { hours: 24, wrongDays: 90, megabytes: 64 }, () => new Date()).keep(ids[1], snapshot)
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
  rmSync(folder, { recursive: true })
})

const historyOf = async (side: Side) => {
  const keys = await readKeys(keysDir, side)
  return createHistory({ client, ...keys, days: 90, now: () => new Date() })
}

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

async function diagnosed(id: string, host: string): Promise<void> {
  const finding = { cause: 'backend-down', kind: 'cause', confidence: 'confirmed', failingNow: true } as const
  const findings = [{ ...finding, subject: {}, summary: 'checkout-api.service is down', since: null }]
  const headline = 'checkout-api.service is \u001B[31mdown'
  const said = { verdict: 'diagnosed', headline, findings, by: 'user', who: 'U0A' } as const
  await (await historyOf('worker')).keep({ kind: 'diagnosis', id, host, at: ago(60), ...said })
}

type Opinion = Pick<FeedbackKept, 'said' | 'cause' | 'note'>

async function judged(diagnosis: string, by: string, opinion: Opinion, host = 'web-1', side: Side = 'bot') {
  const id = `feedback:${diagnosis}:${by}`
  await (await historyOf(side)).keep({ kind: 'feedback', id, host, diagnosis, at: ago(30), by, ...opinion })
}

const stats = (...args: readonly string[]) =>
  runCli(['stats', ...args, '--config', config], { env: { REDIS_URL: redis.url } })

describe('gatemedic stats', () => {
  test('says what people judged, with an interval, and what was surely wrong before all else', async () => {
    const run = await stats()

    expect(run.stderr).toBe('')
    expect(run.stdout).toContain('30 days, 2 hosts: 4 diagnoses, 4 of them with an answer.')
    expect(run.stdout).toMatch(/People judged 3 of 4 answers: 2 of 3 right, 67 % \(95 % interval: 21 to\s+94 %\)\./)
    expect(run.stdout).toMatch(
      /Wrong, and sure of it\n.*web-1 \(bbbbbbbb\): backend-down,\s+confirmed;\s+it\s+was\s+disk-full/,
    )
    expect(run.stdout).not.toContain('\u001B')
  }, 60_000)
})

const read = async (more: { readonly group?: string; readonly redis?: string } = {}) => {
  let seen: (HitRate & { readonly hosts: number; readonly left: number }) | null = null
  await withRemembered({ config, redis: redis.url, days: 30, ...more }, async ({ hosts, entries, left }) => {
    seen = { ...hitRate(entries), hosts: hosts.length, left }
  })
  return seen
}

describe('what stats reads', () => {
  test('is of the hosts of a group only, where one is named', async () => {
    await expect(read({ group: 'edge' })).resolves.toMatchObject({
      hosts: 1,
      diagnoses: 3,
      rate: { right: 1, of: 2 },
      wrongConfident: [{ id: ids[1], truth: 'disk-full' }],
    })
  })

  test('is no opinion that the bot has not signed', async () => {
    await judged(ids[2], 'U0FORGED', { said: 'right' }, 'web-1', 'worker')

    await expect(read()).resolves.toMatchObject({ left: 1, rate: { right: 2, of: 3 } })
  })

  test('is nothing where the group or Redis is not there, and what to do is said', async () => {
    await expect(read({ group: 'egde' })).rejects.toThrow('is in the group egde')
    await expect(read({ redis: 'redis://127.0.0.1:1' })).rejects.toThrow('set REDIS_URL to one that runs')
  })
})

test('gatemedic stats export writes what was wrong as a snapshot that replays, with what it was', async () => {
  const out = join(folder, 'wrong')
  const run = await stats('export', '-o', out, '--days', '2')
  const written = run.stdout.trim()

  const replayed = await runCli(['replay', written, '--json'])

  expect(written).toMatch(/\/web-1-[\d-]+-bbbbbbbb$/)
  expect(JSON.parse(replayed.stdout)).toMatchObject({ schema: 1, host: 'web-1' })
  const truth = z.looseObject({}).parse(JSON.parse(readFileSync(join(written, 'truth.json'), 'utf8')))
  expect(truth).toMatchObject({ truth: 'disk-full', said: { cause: 'backend-down' }, notes: ['df said so'] })
  expect(JSON.stringify(truth)).not.toContain('U0A')
}, 60_000)

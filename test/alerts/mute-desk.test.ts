import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMuteDesk, type MuteDesk } from '../../src/alerts/storm/mute-desk.ts'
import { createMutes } from '../../src/alerts/storm/mutes.ts'
import type { AuditEntry, AuditLine } from '../../src/audit/record.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { botKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let client: RedisClient
let desk: MuteDesk
let clock: number
let written: AuditEntry[]
let diskIsFull: boolean
const dana = { userId: 'U0DANA', name: 'Dana' }
const wish = { on: 'web-1', seconds: 3600, because: 'moving it' }

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  await client.flushall()
  ;[clock, written, diskIsFull] = [Date.parse('2026-11-21T03:04:00Z'), [], false]
  const append = async (entry: AuditEntry): Promise<AuditLine> => {
    if (diskIsFull) throw new Error('no space left on device')
    written.push(entry)
    return { ...entry, seq: written.length, previous: '', hash: '' }
  }
  const now = () => new Date(clock)
  desk = createMuteDesk({ client, mutes: createMutes(client, botKeys), audit: { append }, log: quiet, now, newId })
})

test('a mute is written down with who, until when and why, and ends by itself', async () => {
  await desk.mute(wish, dana)
  const during = await desk.list()
  clock += 3600_001

  expect(during).toMatchObject([{ on: 'web-1', until: '2026-11-21T04:04:00.000Z', by: 'U0DANA', because: 'moving it' }])
  expect(written).toMatchObject([{ step: 'muted', on: 'web-1', by: 'U0DANA', until: '2026-11-21T04:04:00.000Z' }])
  expect(await desk.list()).toEqual([])
})

test('nothing is muted without a record of it', async () => {
  diskIsFull = true

  const result = await desk.mute(wish, dana)

  expect(result).toMatchObject({ kind: 'refused', because: expect.stringContaining('audit') })
  expect(await desk.list()).toEqual([])
})

test('a mute is ended also when that cannot be written down', async () => {
  await desk.mute(wish, dana)
  await desk.mute({ ...wish, on: 'group:edge' }, dana)
  diskIsFull = true

  const result = await desk.unmute('web-1', dana)

  expect(result).toMatchObject({ ended: 1, left: [{ on: 'group:edge' }] })
  expect(await desk.list()).toMatchObject([{ on: 'group:edge' }])
})

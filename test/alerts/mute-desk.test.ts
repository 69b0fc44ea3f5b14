import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import { whyNotMute, type WouldMute } from '../../src/approval/policy/may-mute.ts'
import type { Policy } from '../../src/approval/policy/policy.ts'
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
let policy: Policy
const dana = { userId: 'U0DANA', name: 'Dana', memberOf: async () => [], whyNoMember: async () => null }
const everybody: Policy = approversOnly([])
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
  policy = everybody
  desk = createMuteDesk({
    client,
    mutes: createMutes(client, botKeys),
    whyNotMute: (who) => whyNotMute(policy, who),
    audit: { append },
    log: quiet,
    now,
    newId,
  })
})

test('a mute is written down with who, until when and why, and ends by itself', async () => {
  await desk.mute(wish, dana)
  const during = await desk.list()
  clock += 3600_001

  expect(during).toMatchObject([{ on: 'web-1', until: '2026-11-21T04:04:00.000Z', by: 'U0DANA', because: 'moving it' }])
  expect(written).toMatchObject([{ step: 'muted', on: 'web-1', by: 'U0DANA', until: '2026-11-21T04:04:00.000Z' }])
  expect(await desk.list()).toEqual([])
})

const guest = async () => 'guests may not mute'
const silent = () => Promise.reject(new Error('ratelimited'))

test.each<readonly [string, Policy['mute'], Partial<WouldMute>, RegExp | null]>([
  ['a guest, where the policy says nothing', null, { whyNoMember: guest }, /guests/],
  ['a guest whom the policy names', { users: ['U0DANA'], groups: [] }, { whyNoMember: guest }, /guests/],
  ['a member, where the policy says nothing', null, {}, null],
  ['a member by his id', { users: ['U0DANA'], groups: [] }, {}, null],
  ['a member of a group at this moment', { users: [], groups: ['S0OPS'] }, { memberOf: async () => ['S0OPS'] }, null],
  ['a member whom the policy does not name', { users: ['U0SAM'], groups: ['S0OPS'] }, {}, /does not name you/],
  ['anybody, where nobody is named', { users: [], groups: [] }, {}, /does not name you/],
  ['whom Slack does not tell of', null, { whyNoMember: silent }, /Slack did not say/],
  ['whose groups Slack does not tell', { users: [], groups: ['S0OPS'] }, { memberOf: silent }, /Slack did not say/],
])('who may mute: %s', async (_who, mute, more, refused) => {
  policy = { ...everybody, mute }

  const result = await desk.mute({ ...wish, on: 'all' }, { ...dana, ...more })

  if (refused === null) expect(result.kind).toBe('muted')
  else expect(result).toMatchObject({ kind: 'refused', because: expect.stringMatching(refused) })
  expect(await desk.list()).toHaveLength(refused === null ? 1 : 0)
  expect(written).toHaveLength(refused === null ? 1 : 0)
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

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFreezeKeeper, createFreezeStore } from '../../src/approval/freeze-store.ts'
import { whyNobody } from '../../src/approval/policy/decide.ts'
import { parsePolicy } from '../../src/approval/policy/parse-policy.ts'
import type { PolicyHost } from '../../src/approval/policy/policy.ts'
import { withFreezes } from '../../src/approval/policy/with-freezes.ts'
import type { AuditEntry } from '../../src/audit/record.ts'
import type { ActionId } from '../../src/diagnosis/diagnosis.ts'
import { createFreezeDesk, type Freezer } from '../../src/jobs/freeze-desk.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const web1: PolicyHost = { name: 'web-1', groups: ['edge'], labels: {} }
const db1: PolicyHost = { name: 'db-1', groups: [], labels: {} }
const hosts = [web1, db1]
const file = () =>
  parsePolicy(
    `people: { web: { users: [U0ANNA, U0BEN], groups: [S0WEB] }, db: { users: [U0DORA, U0BEN] } }
rules:
  - { hosts: { names: [web-1] }, approvers: [web] }
  - { hosts: { names: [db-1] }, approvers: [db] }`,
    'policy.yml',
    hosts,
  )

let redis: TestRedis
let client: RedisClient
let at: Date
let records: AuditEntry[]
let auditWorks: boolean

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
  at = new Date('2026-11-21T21:00:00Z')
  records = []
  auditWorks = true
})

const now = (): Date => at
const later = (seconds: number): void => {
  at = new Date(at.getTime() + seconds * 1000)
}

const append = async (entry: AuditEntry) => {
  if (!auditWorks) throw new Error('the disk is full')
  records.push(entry)
  return { ...entry, seq: 0, previous: '', hash: '' }
}

function desk() {
  const keeper = createFreezeKeeper(client, botKeys.bot, botKeys.signer)
  return createFreezeDesk({
    client,
    keeper,
    policy: file,
    hosts: () => hosts,
    audit: { append },
    log: quiet,
    now,
    newId,
  })
}

/** Somebody who is in these user groups now; 'unknown': Slack does not say. */
function person(userId: string, groups: readonly string[] | 'unknown' = []): Freezer {
  const memberOf = async (asked: readonly string[]) => {
    if (groups === 'unknown') throw new Error('ratelimited')
    return asked.filter((group) => groups.includes(group))
  }
  return { userId, name: userId.toLowerCase(), memberOf }
}

/** What the worker answers at the offer and just before acting. */
async function workerSays(action: ActionId, host = web1): Promise<string | null> {
  const freezes = createFreezeStore(client, workerKeys.bot)
  const policy = await withFreezes(file, { freezes, log: quiet, now, patienceMs: 500 })()
  return whyNobody(policy, { host, action }, at)
}

const forTwoHours = { on: 'all', seconds: 7200, because: 'moving the database' } as const

describe('a freeze made in chat', () => {
  it('stops a restart and a reload everywhere, says why, by whom and how it is lifted, and lets a start go on', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))

    const said =
      'changes are frozen until 2026-11-21T23:00Z: moving the database (u0guest, 2026-11-21T21:00Z; "/nginx unfreeze all" lifts it)'
    expect(await workerSays('restart-unit')).toBe(said)
    expect(await workerSays('reload-nginx', db1)).toBe(said)
    expect(await workerSays('start-unit')).toBeNull()
  })

  it.each([
    ['web-1', [true, false]],
    ['group:edge', [true, false]],
    ['db-1', [false, true]],
    ['all', [true, true]],
  ])('on %s is on these hosts and no other', async (on, expected) => {
    await desk().freeze({ ...forTwoHours, on }, person('U0GUEST'))

    const frozen = [await workerSays('restart-unit', web1), await workerSays('restart-unit', db1)]

    expect(frozen.map((because) => because !== null)).toEqual(expected)
  })

  it('ends by itself', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))
    later(7200)

    expect(await workerSays('restart-unit')).toBeNull()
    expect(await desk().list()).toEqual({ chat: [], policy: [] })
  })

  it('without a time lasts until it is lifted', async () => {
    await desk().freeze({ ...forTwoHours, seconds: null }, person('U0GUEST'))
    later(400 * 86_400)

    expect(await workerSays('restart-unit')).toMatch(/^changes are frozen: moving the database/)
  })

  it('is not shortened by a shorter one of somebody else', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))
    await desk().freeze({ ...forTwoHours, seconds: 60 }, person('U0OTHER'))
    later(61)

    expect(await workerSays('restart-unit')).toContain('u0guest')
  })

  it('stands in the audit', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))

    expect(records).toMatchObject([
      { step: 'frozen', on: 'all', by: 'U0GUEST', because: 'moving the database', until: '2026-11-21T23:00:00.000Z' },
    ])
  })

  it('holds also when the audit cannot be written: it is the safe side', async () => {
    auditWorks = false

    expect(await desk().freeze(forTwoHours, person('U0GUEST'))).toMatchObject({ kind: 'frozen' })
    expect(await workerSays('restart-unit')).toContain('frozen')
  })

  it('is one of a hundred at most', async () => {
    for (let made = 0; made < 100; made += 1) await desk().freeze(forTwoHours, person('U0GUEST'))

    expect(await desk().freeze(forTwoHours, person('U0GUEST'))).toMatchObject({ kind: 'refused' })
  })
})

describe('lifting a freeze', () => {
  it.each([
    ['an approver by his id', 'web-1', person('U0ANNA'), 'lifted'],
    ['a member of an approver group, now', 'group:edge', person('U0EVA', ['S0WEB']), 'lifted'],
    ['who was a member when it was made, and is none now', 'web-1', person('U0EVA', []), 'refused'],
    ['whose membership Slack does not tell', 'web-1', person('U0EVA', 'unknown'), 'refused'],
    ['who is named by his id while Slack is silent', 'web-1', person('U0ANNA', 'unknown'), 'lifted'],
    ['who made it and approves nothing', 'web-1', person('U0GUEST'), 'refused'],
    ['an approver of other hosts', 'web-1', person('U0DORA'), 'refused'],
    ['an approver of some of all hosts', 'all', person('U0ANNA'), 'refused'],
    ['an approver of all of them', 'all', person('U0BEN'), 'lifted'],
  ])('by %s', async (_who, on, who, kind) => {
    await desk().freeze({ ...forTwoHours, on }, person('U0GUEST'))

    const result = await desk().unfreeze(on, who)

    expect(result.kind).toBe(kind)
    expect((await workerSays('restart-unit')) === null).toBe(kind === 'lifted')
    expect(records.at(-1)).toMatchObject({
      step: kind === 'lifted' ? 'unfrozen' : 'unfreeze-refused',
      on,
      by: who.userId,
    })
  })

  it('lifts exactly what is named, and says what is left', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))

    expect(await desk().unfreeze('web-1', person('U0BEN'))).toMatchObject({
      kind: 'none',
      left: { chat: [{ on: 'all' }] },
    })
    expect(await workerSays('restart-unit')).toContain('frozen')
  })

  it('is not done when the audit cannot be written', async () => {
    await desk().freeze(forTwoHours, person('U0GUEST'))
    auditWorks = false

    expect(await desk().unfreeze('all', person('U0BEN'))).toMatchObject({ kind: 'refused' })
    expect(await workerSays('restart-unit')).toContain('frozen')
  })
})

describe('when Redis cannot be trusted', () => {
  it('what no bot wrote freezes everything, and an approver of everything can clear it', async () => {
    const forged = workerKeys.signer.sign('freeze', JSON.stringify({ id: 'x', on: 'nothing', until: null }))
    await client.hset('gatemedic:freezes', 'x', JSON.stringify(forged))

    expect(await workerSays('restart-unit', db1)).toContain('does not come from the bot')
    expect(await desk().unfreeze('all', person('U0BEN'))).toMatchObject({ kind: 'lifted', count: 1 })
    expect(await workerSays('restart-unit', db1)).toBeNull()
  })

  it('a freeze that was moved to another id, or is no JSON, freezes everything', async () => {
    await desk().freeze({ ...forTwoHours, on: 'web-1' }, person('U0GUEST'))
    const [text = ''] = await client.hvals('gatemedic:freezes')
    await client.del('gatemedic:freezes')
    await client.hset('gatemedic:freezes', 'moved', text, 'broken', '{')

    expect(await workerSays('restart-unit', db1)).toContain('does not come from the bot')
  })

  it('more freezes than anybody makes freeze everything', async () => {
    const many = Array.from({ length: 201 }, (_, index) => [`${index}`, 'x']).flat()
    await client.hset('gatemedic:freezes', ...many)

    expect(await workerSays('restart-unit', db1)).toContain('more than Gatemedic ever writes')
  })

  it('one that does not answer counts as frozen, and a start goes on', async () => {
    const freezes = { list: () => new Promise<never>(() => undefined) }
    const policy = await withFreezes(file, { freezes, log: quiet, now, patienceMs: 20 })()

    expect(whyNobody(policy, { host: web1, action: 'restart-unit' }, at)).toContain('cannot be asked counts as frozen')
    expect(whyNobody(policy, { host: web1, action: 'start-unit' }, at)).toBeNull()
  })

  it('one that went away counts as frozen', async () => {
    const gone = await openRedis(redis.url, 'ask', { log: quiet })
    gone.disconnect()
    const policy = await withFreezes(file, { freezes: createFreezeStore(gone, workerKeys.bot), log: quiet, now })()

    expect(whyNobody(policy, { host: web1, action: 'reload-nginx' }, at)).toContain('cannot be asked counts as frozen')
  })
})

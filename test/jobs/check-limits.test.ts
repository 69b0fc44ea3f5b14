import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import type { PastAction } from '../../src/approval/limits.ts'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { readPastActions } from '../../src/audit/past-actions.ts'
import { auditStream } from '../../src/audit/redis-copy.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { createCheckLimits, type LimitParts } from '../../src/jobs/check-limits.ts'
import { offerFor } from '../../src/jobs/offer.ts'
import { createHoldGroups } from '../../src/jobs/hold-groups.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { hostOf, now, quiet, requestFor } from '../support/bench-of-queues.ts'
import { backendDown, backendDownFinding, healthy, undetermined } from '../support/diagnosis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { proposal as anyProposal } from '../slack/cases.ts'

let redis: TestRedis
let client: RedisClient
let directory: string
let file: string
const unit = 'checkout-api.service'
const restart: Proposal = { ...anyProposal, cause: 'backend-hung', action: 'restart-unit' }

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-limits-'))
  file = join(directory, 'w.jsonl')
  await writeFile(file, '')
})
afterEach(async () => {
  await client.flushall()
  await rm(directory, { recursive: true })
})

const hung = (host: string, intermittent = false): Diagnosis =>
  backendDown({
    host,
    findings: [
      backendDownFinding({
        cause: 'backend-hung',
        subject: { unit },
        impact: { count: 9, firstSeen: null, lastSeen: null, sites: [], failingShare: null, intermittent },
      }),
    ],
  })

/** web-1, web-2 and web-3 are edge; how each is seen. */
function limitsWith(seen: Readonly<Record<string, Diagnosis | null>>, more: Partial<LimitParts> = {}) {
  const looked: string[] = []
  const parts: LimitParts = {
    policy: () => approversOnly(['U1']),
    hostOf: (name) => ({ name, groups: name.startsWith('web-') ? ['edge'] : [], labels: {} }),
    membersOf: () => ['web-1', 'web-2', 'web-3'],
    pastActions: (since) => readPastActions(file, client, since),
    examine: ({ host }) => {
      looked.push(host)
      const diagnosis = seen[host]
      return diagnosis ? Promise.resolve({ diagnosis, guards: new Map() }) : Promise.reject(new Error('a bug'))
    },
    holdGroups: createHoldGroups(client),
    log: quiet,
    now,
    ...more,
  }
  return { check: createCheckLimits(parts), looked }
}

describe('the floor of a group, asked just before acting', () => {
  it('refuses to interrupt the last member that serves', async () => {
    const { check } = limitsWith({ 'web-1': healthy(), 'web-2': hung('web-2'), 'web-3': undetermined() })

    expect(await check(restart)).toMatchObject({
      ok: false,
      because: expect.stringMatching(/none of the other members of edge/),
    })
  })

  it('takes a member that could not be examined for one that is not healthy', async () => {
    const { check } = limitsWith({ 'web-1': healthy(), 'web-2': null, 'web-3': null })

    expect(await check(restart)).toMatchObject({ ok: false, because: expect.stringContaining('could not be examined') })
  })

  it('lets it be interrupted when another one is healthy, and holds the group until it is done', async () => {
    const { check } = limitsWith({ 'web-1': healthy(), 'web-2': healthy(), 'web-3': null })
    const other = limitsWith({ 'web-1': healthy(), 'web-2': healthy(), 'web-3': null })

    const first = await check(restart)
    const meanwhile = await other.check({ ...restart, id: 'f'.repeat(32), host: 'web-2', diagnosed: 'web-2' })
    if (first.ok) await first.release()
    const after = await other.check({ ...restart, id: 'f'.repeat(32), host: 'web-2', diagnosed: 'web-2' })

    expect([first.ok, after.ok]).toEqual([true, true])
    expect(meanwhile).toMatchObject({ ok: false, because: expect.stringContaining('another member of edge') })
  })

  it('never counts a member that serves nobody', async () => {
    const { check } = limitsWith({ 'web-1': hung('web-1'), 'web-2': null, 'web-3': null })

    expect((await check(restart)).ok).toBe(true)
  })

  it.each([
    ['fails some requests only', hung('web-1', true)],
    ['recovered since the diagnosis', healthy()],
  ])('counts one that %s', async (_how, own) => {
    const { check } = limitsWith({ 'web-1': own, 'web-2': null, 'web-3': null })

    expect((await check(restart)).ok).toBe(false)
  })

  it('counts a running nginx, whatever its finding says', async () => {
    const { check } = limitsWith({ 'web-1': hung('web-1'), 'web-2': null, 'web-3': null })

    expect((await check({ ...restart, action: 'restart-nginx', target: 'nginx.service' })).ok).toBe(false)
  })

  it.each(['start-unit', 'start-nginx', 'reload-nginx', 'reload-unit'] as const)(
    'does not hold back %s',
    async (action) => {
      const { check, looked } = limitsWith({})

      expect((await check({ ...restart, action })).ok).toBe(true)
      expect(looked).toEqual([])
    },
  )

  it('refuses when nobody can tell whether another member is being acted on', async () => {
    const { check } = limitsWith(
      { 'web-1': healthy(), 'web-2': healthy() },
      { holdGroups: () => Promise.reject(new Error('Redis is away')) },
    )

    expect(await check(restart)).toMatchObject({ ok: false, because: expect.stringContaining('could not be seen') })
  })

  it('is none for a group of one', async () => {
    const { check } = limitsWith({}, { membersOf: () => ['web-1'] })

    expect((await check(restart)).ok).toBe(true)
  })
})

const begun = (proposal: string, minutesAgo: number) => ({
  proposal,
  host: 'web-1',
  target: unit,
  action: 'restart-unit',
  step: 'started',
  at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
})
const copy = (line: object) => client.xadd(auditStream, '*', 'line', JSON.stringify(line))
const written = (...lines: readonly object[]) =>
  writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
const alone = () => limitsWith({}, { membersOf: () => ['web-1'] })

describe('restarts of the last hour, from the file and from the copy in Redis', () => {
  it('are counted together, one that stands in both once', async () => {
    await written(begun('a', 50), begun('b', 40))
    await copy(begun('b', 40))
    expect((await alone().check(restart)).ok).toBe(true)

    await copy(begun('c', 30))
    expect(await alone().check(restart)).toMatchObject({ ok: false, because: expect.stringContaining('3 times') })
  })

  it('are counted by the file when the copy was deleted', async () => {
    await written(begun('a', 50), begun('b', 40), begun('c', 30))

    expect((await alone().check(restart)).ok).toBe(false)
  })

  it('do not count when the host refused', async () => {
    const { proposal, host, target, action } = begun('c', 30)
    await written(begun('a', 50), begun('b', 40), begun('c', 30), {
      proposal,
      host,
      target,
      action,
      step: 'ran',
      result: 'changed',
    })

    expect((await alone().check(restart)).ok).toBe(true)
  })

  it('are not made fewer by what somebody else wrote into the copy', async () => {
    await written(begun('a', 50), begun('b', 40), begun('c', 30))
    await copy({ ...begun('c', 30), step: 'ran', result: 'changed' })
    await client.xadd(auditStream, '*', 'line', '{"step":"started"', 'more', 'x')

    expect((await alone().check(restart)).ok).toBe(false)
  })

  it('refuse when they cannot be counted', async () => {
    await rm(file)

    expect(await alone().check({ ...restart, action: 'start-unit' })).toMatchObject({
      ok: false,
      because: expect.stringContaining('could not be counted'),
    })
    await writeFile(file, '')
  })
})

describe('the same limits at the offer', () => {
  const action = { id: 'restart-unit', target: unit, allowed: true } as const
  const finding = backendDownFinding({
    cause: 'backend-hung',
    subject: { unit },
    fix: { steps: [], diff: null, action },
  })
  const before = (minutes: number, action_: 'restart-unit' | 'start-unit' = 'restart-unit'): PastAction => ({
    proposal: `p${minutes}`,
    host: 'web-1',
    target: unit,
    action: action_,
    at: new Date(Date.now() - minutes * 60_000).toISOString(),
    outcome: 'resolved',
  })
  function offered(past: readonly PastAction[], minutes = 10) {
    const guards = new Map([[`restart-unit ${unit}`, 'unit 4f2a up 0']])
    const examination = { diagnosis: backendDown({ findings: [finding] }), guards }
    const terms = {
      policy: approversOnly(['U1']),
      hostOf,
      membersOf: () => [],
      minutes,
      actionOf,
      refusalOf: () => null,
    }
    const { proposal, diagnosis } = offerFor(
      requestFor('web-1', 't1'),
      examination,
      { ...terms, past },
      { id: 'p', now: now() },
    )
    return { offered: proposal !== null, reason: diagnosis.findings[0]?.fix.action?.refused }
  }

  it('say "not now" in the place of a button whose every press would be refused', () => {
    const { offered: isOffered, reason } = offered([before(40), before(30), before(20)])

    expect(isOffered).toBe(false)
    expect(reason).toMatch(/^not now: checkout-api\.service of web-1 was restarted 3 times within the last hour/)
  })

  it.each([
    ['restarts are left', [before(40), before(30)]],
    ['one of them leaves the hour while the offer stands', [before(55), before(30), before(20)]],
    ['what ran before were starts', [before(40, 'start-unit'), before(30, 'start-unit'), before(20, 'start-unit')]],
    ['it was another host', [before(40), before(30), before(20)].map((each) => ({ ...each, host: 'web-2' }))],
    ['the last one ended a moment ago, and its cool-down ends before the offer', [before(0)]],
  ])('leave the button where %s', (_why, past) => {
    expect(offered(past)).toEqual({ offered: true, reason: undefined })
  })
})

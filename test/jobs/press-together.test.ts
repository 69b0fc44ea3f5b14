import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import { holdApproval } from '../../src/approval/approval.ts'
import type { FleetRun } from '../../src/approval/fleet-run.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { approver, approvers, presserOf, quiet } from '../support/bench-of-queues.ts'
import { botKeys } from '../support/keys.ts'
import { policyWith } from '../support/policies.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { benchOfRuns, type BenchOfRuns, type World } from '../support/runs.ts'

let redis: TestRedis
let client: RedisClient
let world: World
let bench: BenchOfRuns
const [dana = '', sam = '', robin = ''] = approvers

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  await client.flushall()
  world = { policy: approversOnly(approvers), now: new Date('2026-11-21T03:00:00Z'), person: () => ({}) }
  bench = benchOfRuns(client, world)
})

interface Offered {
  readonly run: FleetRun
  readonly proposals: readonly Proposal[]
}

async function offered(hosts: number, more: Partial<Proposal> = {}): Promise<Offered> {
  const threadId = await bench.openThread()
  const names = Array.from({ length: hosts }, (_, nth) => `web-${nth + 1}`)
  const proposals: Proposal[] = []
  for (const host of names) proposals.push(await bench.offer(threadId, host, more))
  const [offer, ...more_] = await bench.desk.offerTogether(threadId, ids(proposals))
  if (offer?.kind !== 'several' || more_.length > 0) throw new Error('not one run was offered')
  return { run: offer.run, proposals }
}

async function now({ id }: FleetRun): Promise<FleetRun> {
  const run = await bench.runs.find(id)
  if (run === null) throw new Error('the run is gone')
  return run
}

const states = async (run: FleetRun): Promise<readonly string[]> =>
  (await now(run)).members.map(({ state }) => state.kind)
const ids = (proposals: readonly Proposal[]): readonly string[] => proposals.map(({ id }) => id)
const later = (minutes: number): void => void (world.now = new Date(world.now.getTime() + minutes * 60_000))
const hostOf = (proposals: readonly Proposal[], nth: number): Proposal => {
  const found = proposals[nth - 1]
  if (found === undefined) throw new Error(`no host ${nth}`)
  return found
}

describe('what the offers of a fleet come to', () => {
  test('one button for a backend that several hosts ask to start: the newest offer', async () => {
    const threadId = await bench.openThread()
    const start = {
      action: 'start-unit',
      target: 'shop-api.service',
      argv: ['systemctl', 'start', 'shop-api.service'],
    } as const
    const first = await bench.offer(threadId, 'app-3', { ...start, diagnosed: 'web-1' })
    later(0.1)
    const newest = await bench.offer(threadId, 'app-3', { ...start, diagnosed: 'web-2' })

    const offers = await bench.desk.offerTogether(threadId, [first.id, newest.id])

    expect(offers).toMatchObject([{ kind: 'one', proposal: { id: newest.id }, diagnosed: ['web-1', 'web-2'] }])
    expect((await bench.desk.press(newest.id, presserOf(dana))).kind).toBe('claimed')
    expect((await bench.desk.press(first.id, presserOf(dana))).kind).toBe('superseded')
    expect(bench.queued).toEqual([newest.id])
  })

  test('one button for the same action on several hosts, the same one however often it is asked for', async () => {
    const { run, proposals } = await offered(3)

    const again = await bench.desk.offerTogether(run.threadId, ids(proposals))

    expect(again).toMatchObject([{ kind: 'several', run: { id: run.id, atOnce: 2 } }])
  })

  test('what interrupts goes one host at a time, whatever is configured', async () => {
    const { run } = await offered(3, { action: 'restart-nginx' })

    expect(run.atOnce).toBe(1)
  })
})

describe('one approval for several hosts', () => {
  test('begins two at a time, in their order, each of the next when one before it is resolved', async () => {
    const { run, proposals } = await offered(4)

    expect((await bench.press(run.id, dana)).kind).toBe('begun')
    expect(bench.queued).toEqual(ids(proposals.slice(0, 2)))
    await bench.ends(hostOf(proposals, 2))
    expect(bench.queued).toEqual(ids([hostOf(proposals, 1), hostOf(proposals, 2), hostOf(proposals, 3)]))
    for (const nth of [1, 3, 4]) await bench.ends(hostOf(proposals, nth))

    expect((await now(run)).state).toMatchObject({ kind: 'ended', stop: null })
    expect(bench.queued).toHaveLength(4)
  })

  test.each([
    { kind: 'still-failing', verdict: 'diagnosed' },
    { kind: 'not-checked', verdict: 'undetermined' },
    { kind: 'failed', verdict: 'diagnosed' },
    { kind: 'refused', verdict: 'healthy' },
    { kind: 'resolved', verdict: 'undetermined' },
  ] as const)('stops after a host that is $kind and $verdict; the rest is not touched', async ({ kind, verdict }) => {
    const { run, proposals } = await offered(4)
    await bench.press(run.id, dana)

    await bench.ends(hostOf(proposals, 1), kind, verdict)
    await bench.ends(hostOf(proposals, 2))
    await bench.sweep()

    expect(bench.queued).toEqual(ids(proposals.slice(0, 2)))
    expect((await now(run)).state).toMatchObject({ kind: 'ended', stop: { host: 'web-1' } })
  })

  test('holds its pace and its stop over all hosts of a fleet, however many there are', async () => {
    const { run, proposals } = await offered(38)

    await bench.press(run.id, dana)
    await bench.ends(hostOf(proposals, 1))
    await bench.ends(hostOf(proposals, 3), 'still-failing', 'diagnosed')
    await bench.ends(hostOf(proposals, 2))
    await bench.sweep()

    expect(run.members).toHaveLength(38)
    expect(bench.queued).toEqual(ids(proposals.slice(0, 3)))
    expect((await now(run)).state).toMatchObject({ kind: 'ended', stop: { host: 'web-3' } })
    expect(await bench.desk.offerTogether(run.threadId, ids(proposals.slice(3)), run.id)).toMatchObject([
      { kind: 'several', run: { members: { length: 35 } } },
    ])
  })

  test('what a stop left is offered anew, and needs a press of its own', async () => {
    const { run, proposals } = await offered(4)
    await bench.press(run.id, dana)
    await bench.ends(hostOf(proposals, 1), 'still-failing', 'diagnosed')
    await bench.ends(hostOf(proposals, 2))

    const [rest] = await bench.desk.offerTogether(run.threadId, ids(proposals.slice(2)), run.id)

    expect(rest).toMatchObject({ kind: 'several', run: { members: [{ host: 'web-3' }, { host: 'web-4' }] } })
    expect(bench.queued).toHaveLength(2)
    expect((await bench.press(rest?.kind === 'several' ? rest.run.id : '', sam)).kind).toBe('begun')
    expect(bench.queued).toEqual(ids(proposals))
  })

  test('100 clicks of ten people over two bots begin it once, and each is answered', async () => {
    const { run, proposals } = await offered(4)
    const other = benchOfRuns(client, world)
    const people = Array.from({ length: 5 }, () => approvers).flat()

    const heard = await Promise.all([bench, other].flatMap((bot) => people.map((who) => bot.press(run.id, who))))

    expect(heard.filter(({ kind }) => kind === 'begun')).toHaveLength(1)
    expect(heard.filter(({ kind }) => kind === 'already')).toHaveLength(99)
    expect([...bench.queued, ...other.queued].toSorted()).toEqual(ids(proposals.slice(0, 2)).toSorted())
    await Promise.all([bench.sweep(), other.sweep(), bench.ends(hostOf(proposals, 1)), other.sweep()])
    await Promise.all([bench.sweep(), other.sweep()])
    expect([...bench.queued, ...other.queued].toSorted()).toEqual(ids(proposals.slice(0, 3)).toSorted())
  })

  test('each approval is signed for its own host and names the run', async () => {
    const { run, proposals } = await offered(2)
    await bench.press(run.id, dana)

    const found = await bench.proposals.find(hostOf(proposals, 2).id)

    const { state } = found?.proposal ?? {}
    if (!found || state?.kind !== 'claimed') throw new Error('it was not approved')
    expect(holdApproval(state.approval, botKeys.bot, found)).toMatchObject({
      ok: true,
      approval: { host: 'web-2', run: run.id, presses: [{ by: dana }] },
    })
  })

  test('an offer whose turn comes after its own end is still good within the run, and not outside of it', async () => {
    const { run, proposals } = await offered(3)
    await bench.press(run.id, dana)
    later(12)
    await bench.ends(hostOf(proposals, 1))

    expect(bench.queued).toEqual(ids(proposals))
    const { run: late, proposals: unpressed } = await offered(2)
    later(12)
    expect((await bench.press(late.id, dana)).kind).toBe('expired')
    expect(bench.queued).not.toContain(hostOf(unpressed, 1).id)
  })
})

describe('who may', () => {
  test('somebody who is no approver begins nothing, and it is noted', async () => {
    const { run } = await offered(2)

    expect(await bench.press(run.id, 'U0STRANGER')).toMatchObject({ kind: 'refused' })
    expect(bench.queued).toEqual([])
    expect(bench.refusals).toMatchObject([{ what: 'press', about: run.id, by: 'U0STRANGER' }])
  })

  test('one host on which he may not act keeps all of them from being begun', async () => {
    const { run } = await offered(3)
    const [rule] = world.policy.rules
    if (rule === undefined) throw new Error('no rule')
    const only = {
      ...rule,
      hosts: { all: false, names: ['web-3'], groups: [], labels: {} },
      approvers: { users: [sam], groups: [] },
    }
    world.policy = { ...world.policy, rules: [only, rule] }

    expect(await bench.press(run.id, dana)).toMatchObject({
      kind: 'refused',
      because: expect.stringContaining('web-3'),
    })
    expect(bench.queued).toEqual([])
  })

  test('the press of a second person counts for the whole run, and both are asked again at each turn', async () => {
    world.policy = policyWith(approvers, { persons: 2 })
    const { run, proposals } = await offered(3)

    expect(await bench.press(run.id, dana)).toMatchObject({ kind: 'asked', counts: true })
    expect(await bench.press(run.id, dana)).toMatchObject({ kind: 'asked' })
    expect(bench.queued).toEqual([])
    expect((await bench.press(run.id, sam)).kind).toBe('begun')
    world.person = (userId) => (userId === dana ? { whyNot: async () => 'your Slack account is deactivated' } : {})
    await bench.ends(hostOf(proposals, 1))

    expect(bench.queued).toEqual(ids(proposals.slice(0, 2)))
    expect((await now(run)).state).toMatchObject({
      stop: { host: 'web-3', because: expect.stringContaining('two people') },
    })
  })

  test('two people who press at the same moment where two are needed begin it', async () => {
    world.policy = policyWith(approvers, { persons: 2 })
    const { run } = await offered(2)
    const other = benchOfRuns(client, world)

    const heard = await Promise.all([bench.press(run.id, dana), other.press(run.id, sam)])

    expect(heard.map(({ kind }) => kind).toSorted()).toEqual(['asked', 'begun'])
  })

  test('the press of who asked for it is a request where another one must approve', async () => {
    world.policy = policyWith(approvers, { requester: false })
    const { run } = await offered(2, { requester: dana })

    expect(await bench.press(run.id, dana)).toMatchObject({ kind: 'asked', counts: false })
    expect((await bench.press(run.id, sam)).kind).toBe('begun')
  })

  test('who is thrown out of the approvers while it goes begins no further host', async () => {
    const { run, proposals } = await offered(3)
    await bench.press(run.id, dana)
    world.policy = approversOnly([robin])

    await bench.ends(hostOf(proposals, 1))

    expect(bench.queued).toHaveLength(2)
    expect(await states(run)).toEqual(['ended', 'running', 'left'])
    expect(bench.refusals).toMatchObject([{ what: 'press', by: dana }])
  })

  test('a freeze while it goes stops it, with its reason', async () => {
    const { run, proposals } = await offered(3)
    await bench.press(run.id, dana)
    const everywhere = { all: true, names: [], groups: [], labels: {} }
    world.policy = { ...world.policy, freezes: [{ hosts: everywhere, from: 0, until: Infinity, because: 'a release' }] }

    await bench.ends(hostOf(proposals, 2))

    expect((await now(run)).state).toMatchObject({
      stop: { host: 'web-3', because: expect.stringContaining('a release') },
    })
    expect(bench.queued).toHaveLength(2)
  })

  test('a code of a second factor is for one host at a time', async () => {
    const [rule] = world.policy.rules
    const { run } = await offered(2)
    if (rule) world.policy = { ...world.policy, rules: [{ ...rule, secondFactor: true }] }

    const coded = await bench.press(run.id, dana)

    expect(coded).toMatchObject({ kind: 'refused', because: expect.stringContaining('one host at a time') })
    expect(bench.queued).toEqual([])
  })
})

describe('whatever breaks', () => {
  test('a bot that died before it approved the host whose turn had come is replaced by the sweep of another', async () => {
    const { run, proposals } = await offered(3)
    const at = world.now.toISOString()
    const press = { by: approver, at, channel: 'C1' }
    await bench.runs.apply(run.id, { kind: 'start', at, presses: [press], gone: new Map() })
    await bench.runs.apply(run.id, { kind: 'begin', at, proposals: ids(proposals.slice(0, 2)) })
    later(1)

    await bench.sweep()
    await bench.sweep()

    expect(bench.queued).toEqual(ids(proposals.slice(0, 2)))
    expect(await states(run)).toEqual(['running', 'running', 'waiting'])
  })

  test('what such a bot had not approved when the run was stopped is not approved any more', async () => {
    const { run, proposals } = await offered(3)
    const at = world.now.toISOString()
    const press = { by: approver, at, channel: 'C1' }
    await bench.runs.apply(run.id, { kind: 'start', at, presses: [press], gone: new Map() })
    await bench.runs.apply(run.id, { kind: 'begin', at, proposals: ids(proposals.slice(0, 2)) })
    await bench.ends(hostOf(proposals, 1), 'still-failing', 'diagnosed')
    later(1)

    await bench.sweep()

    expect(bench.queued).toEqual([])
    expect(await states(run)).toEqual(['ended', 'left', 'waiting'])
    expect((await now(run)).state).toMatchObject({ kind: 'ended', stop: { host: 'web-1' } })
  })

  test('a run whose first hosts cannot be begun at once has begun: the presser hears no failure, and a sweep goes on', async () => {
    const { run, proposals } = await offered(2)
    let calls = 0
    world.person = () => {
      calls += 1
      if (calls > 1) throw new Error('the connection was lost')
      return {}
    }

    const pressed = await bench.press(run.id, dana)
    world.person = () => ({})
    later(1)
    await bench.sweep()

    expect(pressed.kind).toBe('begun')
    expect(bench.queued).toEqual(ids(proposals))
  })

  test('the end of a run is told once, also by a bot that comes later', async () => {
    const { run, proposals } = await offered(2)
    await bench.press(run.id, dana)
    for (const each of proposals) await bench.ends(each)

    await bench.sweep()
    await benchOfRuns(client, world).sweep()
    await bench.post()

    const ended = bench.posts.filter(({ update }) => update.kind === 'fleet-run' && update.run.state.kind === 'ended')
    expect(ended).toHaveLength(1)
    expect(await bench.runs.open()).toEqual([])
  })

  test('a run of which nothing is heard ends with words, and begins nothing', async () => {
    const { run } = await offered(3)
    await bench.press(run.id, dana)
    later(16)

    await bench.sweep()

    expect((await now(run)).state).toMatchObject({
      kind: 'ended',
      stop: { because: expect.stringContaining('15 minutes') },
    })
    expect(bench.queued).toHaveLength(2)
  })

  test('Redis lost in the middle: nothing more is begun, and a press hears that nothing is known of it', async () => {
    const { run, proposals } = await offered(3)
    await bench.press(run.id, dana)

    await client.flushall()
    await bench.ends(hostOf(proposals, 1))
    await bench.sweep()

    expect((await bench.press(run.id, dana)).kind).toBe('unknown')
    expect(bench.queued).toHaveLength(2)
  })
})

describe('what somebody writes to Redis', () => {
  test('a run that no bot has signed is refused and noted', async () => {
    const { run } = await offered(3)
    const text = (await client.get(`gatemedic:fleet-run:${run.id}`)) ?? ''
    await client.set(`gatemedic:fleet-run:${run.id}`, text.replace('web-1', 'web-9'))

    expect((await bench.press(run.id, dana)).kind).toBe('forged')
    expect(bench.refusals).toMatchObject([{ about: run.id }])
    expect(bench.queued).toEqual([])
  })

  test('a state that says that a host is done begins no other one: only a worker’s signed word does', async () => {
    const { run, proposals } = await offered(3)
    await bench.press(run.id, dana)
    const state = { kind: 'succeeded', by: [dana], at: world.now.toISOString(), detail: 'resolved' }
    await client.hset(`gatemedic:proposal:${hostOf(proposals, 1).id}`, 'state', JSON.stringify(state))

    await bench.sweep()

    expect(bench.queued).toHaveLength(2)
    expect(await states(run)).toEqual(['running', 'running', 'waiting'])
  })
})

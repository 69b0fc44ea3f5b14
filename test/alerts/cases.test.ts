import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MappedAlert } from '../../src/alerts/alert.ts'
import { pagerduty } from '../../src/alerts/sources/pagerduty.ts'
import { beginCases } from '../../src/alerts/storm/begin-cases.ts'
import { createStorm, type Storm } from '../../src/alerts/storm/start-storm.ts'
import { type AlertTaken, createTakeAlerts, type TakeAlerts } from '../../src/alerts/take-alerts.ts'
import type { DiagnosisRequest, FleetRequest } from '../../src/jobs/request.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { createGate } from '../support/gate.ts'
import { botKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let storm: Storm
let take: TakeAlerts
let clock: number
let asked: DiagnosisRequest[]
let fleets: FleetRequest[]
let woken: string[]
let dies: boolean

const names = ['web-1', 'web-2', ...Array.from({ length: 40 }, (_, index) => `edge-${index}`)]
const hosts = new Map(names.map((name) => [name, { name, groups: name.startsWith('edge') ? ['edge'] : [] }]))
const channels = { default: 'COPS', hosts: { 'web-2': 'CWEB2' }, groups: {} }

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
  clock = Date.parse('2026-11-21T03:04:00Z')
  ;[asked, fleets, woken, dies] = [[], [], [], false]
  storm = createStorm({
    client,
    keys: botKeys,
    file: { channels, alerts: { windowMinutes: 10, digestAbove: 5, slack: [], slackWaitSeconds: 5 } },
    inventory: () => ({ hosts }),
    now: () => new Date(clock),
    newId,
    log: quiet,
  })
  take = storm.take(async (ids) => void woken.push(...ids))
})

function alertOn(host: string | readonly string[], more: Partial<MappedAlert['alert']> = {}): MappedAlert {
  const all = typeof host === 'string' ? [host] : host
  const title = more.title ?? 'HighErrorRate'
  const usual = { source: 'prometheus', severity: 'critical', status: 'firing', labels: {} } as const
  const startsAt = '2026-11-21T03:03:00.000Z'
  return { alert: { ...usual, id: `${title} ${all.join(' ')}`, title, startsAt, ...more }, hosts: all }
}

async function send(...batch: readonly MappedAlert[]): Promise<readonly AlertTaken[]> {
  const taken = await take(batch)
  expect(taken).toHaveLength(batch.length)
  return taken
}

/** What is due is begun, by a bot that may die after it has asked, or stand still before it opens a thread. */
async function begin(afterMs = 2000, stands: Promise<void> = Promise.resolve()): Promise<void> {
  clock += afterMs
  const { begun } = storm.cases
  const cases = {
    ...storm.cases,
    begun: (...given: Parameters<typeof begun>) => (dies ? Promise.reject(new Error('killed')) : begun(...given)),
  }
  const desk = {
    diagnose: async (request: DiagnosisRequest) => {
      asked.push(request)
      return { kind: 'queued' as const, diagnosisId: request.id }
    },
    diagnoseAll: async (request: FleetRequest) => {
      fleets.push(request)
      return { queued: request.hosts.length, joined: 0 }
    },
  }
  const store = createThreadStore(client)
  const threads = { open: (...given: Parameters<typeof store.open>) => stands.then(() => store.open(...given)) }
  const at = new Date(clock)
  await beginCases({ cases, desk, threads, log: quiet, knows: (host) => hosts.has(host), now: () => at })
}

const threadOf = (taken: AlertTaken | undefined): string => (taken && 'threadId' in taken ? taken.threadId : '')
const tally = async (taken: AlertTaken | undefined) => storm.cases.tallyOf(threadOf(taken))

test('the first alert of a host opens a thread in its channel and asks for one diagnosis', async () => {
  const [taken] = await send(alertOn('web-2'))
  await begin()
  await begin()

  const thread = await createThreadStore(client).find(threadOf(taken))
  expect(taken?.kind).toBe('opened')
  expect(thread).toMatchObject({ channel: 'CWEB2', via: 'root', rootTs: null })
  expect(asked).toMatchObject([{ host: 'web-2', requester: { kind: 'alert', source: 'prometheus' } }])
})

test('later alerts of the host join its thread, are counted by title, and ask for nothing', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()
  const later = await send(
    alertOn('web-1', { id: 'another', title: 'HighErrorRate' }),
    alertOn('web-1', { title: 'ProbeFailed' }),
  )
  await begin()

  expect(later).toEqual([0, 1].map(() => ({ kind: 'joined', threadId: threadOf(first) })))
  expect(await tally(first)).toMatchObject({
    alerts: 3,
    titles: [
      { title: 'HighErrorRate', count: 2 },
      { title: 'ProbeFailed', count: 1 },
    ],
  })
  expect(asked).toHaveLength(1)
  expect(new Set(woken)).toEqual(new Set([threadOf(first)]))
})

test('however many alerts come, one look at their count waits beside the one that may be under way', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()
  const outbox = `gatemedic:outbox:${threadOf(first)}`

  for (let each = 0; each < 5; each += 1) {
    await send(alertOn('web-1', { id: `more-${each}` }))
    // A worker speaks as well, and its words stand between.
    await client.rpush(outbox, `${100 + each}\nprogress\n{}`)
  }

  const kinds = (await client.lrange(outbox, 0, -1)).map((entry) => entry.split('\n')[1])
  expect(kinds.filter((kind) => kind === 'alerts')).toHaveLength(2)
})

test('an outbreak that its sender repeats changes nothing', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()

  const [again] = await send(alertOn('web-1'))

  expect(again).toEqual({ kind: 'repeated', threadId: threadOf(first) })
  expect(await tally(first)).toMatchObject({ alerts: 1 })
  expect(woken).toEqual([])
})

test('a new outbreak is diagnosed again when the window is over and the first one is resolved', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()
  await send(alertOn('web-1', { status: 'resolved' }))
  const [inside] = await send(alertOn('web-1', { startsAt: '2026-11-21T03:09:00.000Z' }))
  await send(alertOn('web-1', { status: 'resolved', startsAt: '2026-11-21T03:09:00.000Z' }))
  clock += 11 * 60_000

  const [after] = await send(alertOn('web-1', { startsAt: '2026-11-21T03:15:00.000Z' }))
  await begin()

  expect(threadOf(inside)).toBe(threadOf(first))
  expect(after?.kind).toBe('opened')
  expect(asked).toHaveLength(2)
})

test('while an outbreak lasts others join it, but not for ever: an hour later a new one is worth a new look', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()
  clock += 30 * 60_000
  const [lasting] = await send(alertOn('web-1', { title: 'ProbeFailed' }))
  clock += 40 * 60_000

  const [later] = await send(alertOn('web-1', { title: 'DiskFull' }))

  expect(lasting).toEqual({ kind: 'joined', threadId: threadOf(first) })
  expect(later?.kind).toBe('opened')
})

test('what is resolved is told in its thread, the last one ends it, and what nobody knows is ignored', async () => {
  const [first] = await send(alertOn('web-1'), alertOn('web-1', { title: 'ProbeFailed' }))
  await begin()

  await send(alertOn('web-1', { status: 'resolved' }))
  const half = await tally(first)
  await send(alertOn('web-1', { title: 'ProbeFailed', status: 'resolved' }))
  const whole = await tally(first)
  const [unknown] = await send(alertOn('web-2', { status: 'resolved' }))

  expect(half).toMatchObject({ firing: 1, over: false })
  expect(whole).toMatchObject({ firing: 0, over: true, resolvedAt: new Date(clock).toISOString() })
  expect(unknown).toMatchObject({ kind: 'ignored', reason: expect.stringContaining('no firing alert') })
})

test('a retry of what was resolved does not open it again, nor an older outbreak', async () => {
  await send(alertOn('web-1'))
  await send(alertOn('web-1', { status: 'resolved' }))

  const [retry, older] = await send(alertOn('web-1'), alertOn('web-1', { startsAt: '2026-11-21T02:00:00.000Z' }))

  expect([retry?.kind, older?.kind]).toEqual(['ignored', 'ignored'])
})

test('an incident of PagerDuty that is opened again is heard again, and closed again', async () => {
  const body = readFileSync('test/alerts/pagerduty/triggered.json', 'utf8')
  const event = (type: string, time: string): string =>
    body.replace('incident.triggered', type).replace('2026-11-21T03:04:05.169Z', `2026-11-21T${time}Z`)

  const [first] = await send(ofPagerDuty(body))
  const kinds = (
    await send(
      ofPagerDuty(event('incident.resolved', '03:10:00')),
      ofPagerDuty(event('incident.reopened', '03:12:00')),
      ofPagerDuty(event('incident.resolved', '03:14:00')),
      ofPagerDuty(event('incident.reopened', '03:12:00')),
    )
  ).map(({ kind }) => kind)

  expect(kinds).toEqual(['resolved', 'joined', 'resolved', 'ignored'])
  expect(await tally(first)).toMatchObject({ alerts: 2, firing: 0, over: true })
})

test('what its sender has silenced is noted and starts nothing, until it is heard again', async () => {
  const [silenced] = await send(alertOn('web-1', { status: 'suppressed' }))
  await begin()
  const before = asked.length
  const [loud] = await send(alertOn('web-1'))

  expect(silenced?.kind).toBe('suppressed')
  expect(before).toBe(0)
  expect(loud?.kind).toBe('opened')
})

test('more hosts than the threshold become one fleet, with those that were waiting, and later hosts join it', async () => {
  const early = await send(...names.slice(2, 5).map((name) => alertOn(name)))
  const [digest] = (await send(...names.slice(5, 40).map((name) => alertOn(name)))).slice(-1)
  await begin()
  const [late] = await send(alertOn('edge-39'))
  await begin()

  expect(early.map(({ kind }) => kind)).toEqual(['opened', 'opened', 'opened'])
  expect(asked).toEqual([])
  expect(fleets.map((each) => each.hosts.length)).toEqual([38, 1])
  expect(new Set(fleets.map((each) => each.threadId))).toEqual(new Set([threadOf(digest)]))
  expect(late).toEqual({ kind: 'joined', threadId: threadOf(digest) })
  expect(await tally(digest)).toMatchObject({ alerts: 39, hosts: { length: 39 } })
})

test('what is resolved after its host went into the digest is counted there', async () => {
  await send(alertOn('edge-0'))
  const [digest] = (await send(...names.slice(3, 10).map((name) => alertOn(name)))).slice(-1)
  await begin()

  const [resolved] = await send(alertOn('edge-0', { status: 'resolved' }))

  expect(resolved).toEqual({ kind: 'resolved', threadId: threadOf(digest) })
  expect(await tally(digest)).toMatchObject({ alerts: 8, firing: 7 })
})

test('hosts of one site are one fleet that is called like it', async () => {
  const site = { serverName: 'shop.example.com', path: '/' }
  const [taken] = await send({ ...alertOn(['web-1', 'edge-1']), site })
  await begin()

  expect(fleets).toMatchObject([{ threadId: threadOf(taken), title: 'shop.example.com', site }])
  expect(fleets[0]?.hosts.toSorted()).toEqual(['edge-1', 'web-1'])
})

test('an alert about hosts of several channels is told in each of them about its own hosts, and is one alert', async () => {
  const site = { serverName: 'shop.example.com', path: '/' }
  const both = { ...alertOn(['web-1', 'web-2', 'edge-1']), site }
  const [taken] = await send(both)
  const counted = await storm.cases.lastHour(new Date(clock))
  const [again] = await send(both)
  await begin()
  const [over] = await send({ ...both, alert: { ...both.alert, status: 'resolved' } })

  const [fleet] = fleets
  const [alone] = asked
  const threads = await Promise.all([fleet, alone].map((each) => createThreadStore(client).find(each?.threadId ?? '')))
  const tallies = await Promise.all([fleet, alone].map((each) => storm.cases.tallyOf(each?.threadId ?? '')))
  expect(threads.map((thread) => thread?.channel)).toEqual(['COPS', 'CWEB2'])
  expect([fleet?.hosts.toSorted(), alone?.host]).toEqual([['edge-1', 'web-1'], 'web-2'])
  expect([taken?.kind, again?.kind, over?.kind]).toEqual(['opened', 'repeated', 'resolved'])
  expect(tallies).toMatchObject([
    { alerts: 1, hosts: { length: 2 }, over: true },
    { alerts: 1, hosts: ['web-2'], over: true },
  ])
  expect(Object.fromEntries(counted.bySource)).toEqual({ prometheus: 1 })
})

test('a channel of the source or of the message is the one of all hosts', async () => {
  await send({ ...alertOn(['web-1', 'web-2']), channel: 'CSHOP' })
  await begin()

  expect(fleets).toHaveLength(1)
  expect((await createThreadStore(client).find(fleets[0]?.threadId ?? ''))?.channel).toBe('CSHOP')
})

test('hosts that alert for different sites are looked at whole, each of them', async () => {
  const site = { serverName: 'shop.example.com', path: '/cart' }
  await send(alertOn('web-1'), ...names.slice(2, 9).map((name) => ({ ...alertOn(name), site })))
  await begin()

  expect(fleets).toHaveLength(1)
  expect(fleets[0]?.hosts).toHaveLength(8)
  expect(fleets[0]?.site).toBeUndefined()
})

test('what its sender calls silenced again and again is one silenced outbreak', async () => {
  const [first] = await send(alertOn('web-1'), alertOn('web-1', { title: 'ProbeFailed' }))
  const silenced = alertOn('web-1', { status: 'suppressed' })

  const again = [await send(silenced), await send(silenced), await send(silenced)].flat()

  expect(again.map(({ kind }) => kind)).toEqual(['suppressed', 'suppressed', 'suppressed'])
  expect(await tally(first)).toMatchObject({ firing: 1, suppressed: 1 })
})

test('an alert that its sender silences ends its thread, and is heard there again when it fires on', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()

  await send(alertOn('web-1', { status: 'suppressed' }))
  const silenced = await tally(first)
  const [loud] = await send(alertOn('web-1'))
  const fires = await tally(first)
  await send(alertOn('web-1', { status: 'suppressed' }))
  const [resolved] = await send(alertOn('web-1', { status: 'resolved' }))

  expect(silenced).toMatchObject({ alerts: 1, firing: 0, suppressed: 1, over: true, resolvedAt: null })
  expect(loud).toEqual({ kind: 'joined', threadId: threadOf(first) })
  expect(fires).toMatchObject({ alerts: 1, firing: 1, suppressed: 0, over: false })
  expect(resolved).toEqual({ kind: 'resolved', threadId: threadOf(first) })
  expect(await tally(first)).toMatchObject({ alerts: 1, firing: 0, suppressed: 0, over: true })
})

test('one silenced alert of two ends nothing', async () => {
  const [first] = await send(alertOn('web-1'), alertOn('web-1', { title: 'ProbeFailed' }))
  await begin()
  await send(alertOn('web-1', { status: 'suppressed' }))
  const half = await tally(first)
  await send(alertOn('web-1', { title: 'ProbeFailed', status: 'resolved' }))

  expect(half).toMatchObject({ firing: 1, suppressed: 1, over: false })
  expect(await tally(first)).toMatchObject({ firing: 0, suppressed: 1, over: true })
})

test('a thread whose alert begins anew while its host is muted is over', async () => {
  const [first] = await send(alertOn('web-1'))
  await begin()
  const end = new Date(clock + 7_200_000).toISOString()
  const mute = { id: 'm1', on: 'web-1', until: end, because: 'moving', by: 'U1', name: 'Dana', at: end }
  await storm.mutes.add(mute, new Date(clock))

  await send(alertOn('web-1', { startsAt: '2026-11-21T03:09:00.000Z' }))

  expect(await tally(first)).toMatchObject({ firing: 0, over: true })
})

test('a message in Slack takes over what still waits, and what came both ways is one alert', async () => {
  const origin = { channel: 'CALERTS', ts: '1732.0001' }
  const [webhook] = await send(alertOn('web-1'))
  const [message] = await send({ ...alertOn('web-1', { source: 'slack', id: 'm1' }), origin })
  await begin(0)

  const thread = await createThreadStore(client).find(threadOf(webhook))
  expect(message).toEqual({ kind: 'adopted', threadId: threadOf(webhook) })
  expect(thread).toMatchObject({ channel: 'CALERTS', threadTs: '1732.0001', via: 'reply' })
  expect(await tally(webhook)).toMatchObject({ alerts: 1 })
  expect(asked).toHaveLength(1)
})

test('a bot that dies before it has noted what it asked for is followed by one that asks nothing twice', async () => {
  const [one] = await send(alertOn('web-1'))
  dies = true
  await begin()
  dies = false
  await begin(20_000)
  await begin(20_000)

  expect(asked.map(({ host }) => host)).toEqual(['web-1', 'web-1'])
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
  expect(await createThreadStore(client).find(threadOf(one))).not.toBeNull()
})

test('a bot that stood still before it opened a thread, and was overtaken, opens no second one', async () => {
  const [one] = await send(alertOn('web-1'))
  const gate = createGate()
  const slow = begin(2000, gate.passed)
  await until(
    'it is begun',
    async () => (await client.hget(`gatemedic:alerts:case:${threadOf(one)}`, 'lease')) !== null,
  )
  await begin(20_000)
  const threads = createThreadStore(client)
  await threads.place(threadOf(one), { rootTs: '1732.0007', threadTs: '1732.0007' })

  gate.open()
  await slow

  expect(await threads.find(threadOf(one))).toMatchObject({ rootTs: '1732.0007', threadTs: '1732.0007' })
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
})

test('hosts that are looked at together are asked for under ids that stay the same whoever asks', async () => {
  await send(alertOn(['web-1', 'edge-1']))
  dies = true
  await begin()
  dies = false
  await begin(20_000)

  expect(fleets).toHaveLength(2)
  expect(fleets[0]?.ids?.size).toBe(2)
  expect(fleets[1]?.ids).toEqual(fleets[0]?.ids)
})

test('a host that nobody of ours wrote into Redis is not asked', async () => {
  const [taken] = await send(alertOn('web-1'))
  const record = await client.hget(`gatemedic:alerts:case:${threadOf(taken)}:hosts`, 'web-1')
  await client.hset(`gatemedic:alerts:case:${threadOf(taken)}:hosts`, 'web-2', record ?? '')
  await client.sadd(`gatemedic:alerts:case:${threadOf(taken)}:todo`, 'web-2')
  await begin()

  expect(asked.map(({ host }) => host)).toEqual(['web-1'])
})

test('alerts of a muted host are counted, start nothing, and are new when the mute has ended', async () => {
  const end = new Date(clock + 7_200_000).toISOString()
  const mute = { id: 'm1', on: 'group:edge', until: end, because: 'moving', by: 'U1', name: 'Dana', at: end }
  await storm.mutes.add(mute, new Date(clock))
  const [muted, heard] = await send(alertOn('edge-1'), alertOn('web-1'))
  const counted = await storm.cases.lastHour(new Date(clock))
  clock += 7_200_001
  const [after] = await send(alertOn('edge-1'))

  expect([muted?.kind, heard?.kind, after?.kind]).toEqual(['muted', 'opened', 'opened'])
  expect(counted.muted).toBe(1)
})

test('a mute that no bot of ours wrote mutes nothing', async () => {
  const end = new Date(clock + 7_200_000).toISOString()
  const mute = JSON.stringify({ id: 'm1', on: 'all', until: end, because: '', by: 'U1', name: 'Eve', at: end })
  await client.hset('gatemedic:mutes', 'm1', JSON.stringify({ key: 'x', text: mute, signature: 'x' }))

  const [taken] = await send(alertOn('web-1'))

  expect(taken?.kind).toBe('opened')
})

test('the last hour is counted by source, each outbreak once however often it is heard', async () => {
  const lasting = alertOn('web-1')
  await send(lasting, alertOn('web-1', { title: 'ProbeFailed' }), alertOn('web-2', { source: 'grafana' }))
  await send(lasting)
  await send({ ...lasting, alert: { ...lasting.alert, status: 'resolved' } })
  await send(lasting)
  clock += 59 * 60_000
  const within = await storm.cases.lastHour(new Date(clock))
  clock += 2 * 60_000

  expect(Object.fromEntries(within.bySource)).toEqual({ prometheus: 2, grafana: 1 })
  expect((await storm.cases.lastHour(new Date(clock))).bySource.size).toBe(0)
})

test('a large batch is signed in small parts, between which the bot does what else waits', async () => {
  let turn = 0
  const perTurn = new Map<number, number>()
  const sign: Storm['cases']['sign'] = (record) => {
    perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1)
    return storm.cases.sign(record)
  }
  const taking = createTakeAlerts({
    cases: { ...storm.cases, sign },
    inventory: () => ({ hosts }),
    channels,
    waitFor: () => 0,
    mutedAmong: () => Promise.resolve(new Set()),
    wake: () => Promise.resolve(),
    now: () => new Date(clock),
    newId,
    log: quiet,
  })
  const many = Array.from({ length: 100 }, (_, index) => alertOn(names.slice(0, 20), { id: `site-${index}` }))
  let waiting = true
  const go = (): void => {
    turn += 1
    if (waiting) setImmediate(go)
  }
  setImmediate(go)

  await taking(many)
  waiting = false

  expect([...perTurn.values()].reduce((sum, each) => sum + each, 0)).toBe(2000)
  expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(200)
})

/** What a body of PagerDuty says, about web-1. */
function ofPagerDuty(text: string): MappedAlert {
  const read = pagerduty.read(JSON.parse(text), 'pagerduty')
  const [alert] = read.ok ? read.alerts : []
  if (!alert) throw new Error('no alert')
  return { alert, hosts: ['web-1'] }
}

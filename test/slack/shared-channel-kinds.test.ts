import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { AlertTally } from '../../src/alerts/storm/alert-tally.ts'
import { createGroupSweepStore } from '../../src/looks/sweeps/group-sweep-store.ts'
import { createWatchStore } from '../../src/looks/watches/watch-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { again, diagnosed, healthy, proposal } from './cases.ts'
import { openOffice, type Office } from './office.ts'

const shared = 'C0SUPPLIER1'
const byDana = { kind: 'user', userId: dana.id } as const
const looked = 'looked at <!date^1795230491^{time}|03:08 UTC>'
const down = `*web-1:* the backend is down · ${looked}`
const tally: AlertTally = {
  source: 'prometheus',
  alerts: 2,
  titles: [{ title: 'CheckoutDown of customer 4711', count: 2 }],
  others: 0,
  hosts: ['web-1'],
  firing: 2,
  suppressed: 0,
  resolvedAt: null,
  over: false,
}
let redis: TestRedis
let client: RedisClient
let office: Office

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  const roots = new Map<string, string>()
  office = await openOffice('socket', {
    watching: { store: createWatchStore(client, 120_000), everySeconds: 120 },
    groupSweeps: createGroupSweepStore(client),
    alertThreads: {
      tallyOf: async () => tally,
      keepRoot: async (id, message) => void roots.set(id, message),
      rootOf: async (id) => roots.get(id) ?? null,
    },
  })
})
afterEach(async () => {
  await office.close()
  await client.flushall()
})

/** What stands in the channel for everybody, each message with all of its blocks. */
const there = () => office.slack.workspace.messages(shared).filter(({ ephemeralTo }) => ephemeralTo === undefined)
const texts = () => there().map(({ text }) => text)
const open = (requester: Parameters<typeof office.queues.open>[0]['requester'] = byDana) =>
  office.queues.open({ id: 't1', channel: shared, rootTs: null, threadTs: null, requester, via: 'root' })

/** No button, and no word of a log, a configuration, an alert or the memory. */
function holdsNothingElse(): void {
  const all = JSON.stringify(there().map(({ blocks }) => blocks))
  expect(all).not.toMatch(/"(?:actions|button|rich_text|header)"/)
  expect(all).not.toMatch(
    /checkout-api|shop\.example\.com|10\.\d+\.|127\.0|customer 4711|error\.log|systemctl|Last fix/,
  )
}

describe('what a channel that is shared with another organisation gets', () => {
  it('of a fleet: how many hosts, which of them, cause and time', async () => {
    await open()
    await office.queues.diagnoseAll({
      threadId: 't1',
      title: 'group:edge',
      hosts: ['web-1', 'web-2'],
      requester: byDana,
    })
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal, past: again })
    await office.post('t1', { kind: 'diagnosis', diagnosis: { ...healthy, host: 'web-2' }, proposal: null })

    await office.bot.showFleets()

    expect(texts()).toEqual([
      '*2 hosts:* 1 of 2 hosts in trouble · web-1: the backend is down · as of <!date^1795230540^{time}|03:09 UTC>',
      `*2 hosts:* 1 of 2 hosts in trouble · web-1: the backend is down <@${dana.id}>`,
    ])
    holdsNothingElse()
  })

  it('of a diagnosis with a past: nothing of what was before', async () => {
    await open()
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal, past: again })

    expect(texts()).toEqual([down, `${down} <@${dana.id}>`])
    holdsNothingElse()
  })

  it('of a thread that alerts started: the host and its answer, and neither titles nor counts of the alerts', async () => {
    await open({ kind: 'alert', source: 'prometheus', title: 'CheckoutDown of customer 4711' })
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
    await office.post('t1', { kind: 'alerts' })

    expect(texts()).toEqual([down, down])
    holdsNothingElse()
  })

  it('of a watch: that there is one, and each change as host, cause and time', async () => {
    await office.slack.person.type(dana.id, shared, '/nginx watch web-1')
    await office.slack.waitFor(() => there()[0])
    const [watch] = await createWatchStore(client, 120_000).running()
    const id = watch?.id ?? ''
    await office.post(id, { kind: 'diagnosis', diagnosis: healthy, proposal: null })
    await office.post(id, { kind: 'diagnosis', diagnosis: diagnosed, proposal: null, past: again })

    expect(texts()).toEqual(['*web-1:* watching', `${down} <@${dana.id}>`])
    holdsNothingElse()
  })

  it('of a sweep: on how many hosts there is something, and not what', async () => {
    const sweep = {
      id: 't1',
      title: 'group:edge',
      hosts: ['web-1'],
      startedAt: '2026-11-21T03:00:00Z',
      deadline: '2026-11-21T03:30:00Z',
    }
    await office.queues.open({
      id: 't1',
      channel: shared,
      rootTs: null,
      threadTs: null,
      requester: byDana,
      via: 'root',
      look: 'sweep',
    })
    await createGroupSweepStore(client).open(sweep)
    await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal: null })

    await office.bot.showGroupSweeps()

    expect(texts()).toEqual(['Sweep of group:edge: 3 things on 1 of 1 host'])
    holdsNothingElse()
  })

  it('of a question for the history: nothing, for it is answered to who asked alone', async () => {
    await office.slack.person.mention(dana.id, shared, 'history web-1')
    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])

    expect(alone.text).toContain('web-1')
    expect(there().filter(({ user }) => user === office.slack.workspace.bot.id)).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import type { Past } from '../../src/history/past.ts'
import type { Requester } from '../../src/jobs/request.ts'
import { memberOf } from '../../src/fleet/member-of.ts'
import { diagnosisFrom, recorded, renamed } from '../support/fleet-members.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const channel = 'C0INCIDENTS'
const byDana = { kind: 'user', userId: dana.id } as const
let office: Office

beforeEach(async () => {
  office = await openOffice('socket')
})
afterEach(() => office.close())

function messages(): readonly Message[] {
  return office.slack.workspace.messages(channel)
}

function texts(): readonly string[] {
  return messages().map(({ text }) => text)
}

function root(): string {
  const [first] = messages()
  return first === undefined ? '' : `${first.text}\n${JSON.stringify(first.blocks)}`
}

async function openFleet(hosts: readonly string[], requester: Requester = byDana): Promise<void> {
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.queues.diagnoseAll({ threadId: 't1', title: 'group:edge', hosts, requester })
}

async function answers(diagnosis: Diagnosis, past?: Past): Promise<void> {
  await office.post('t1', { kind: 'diagnosis', diagnosis, proposal: null, ...(past && { past }) })
}

const thirdTime: Past = {
  cause: 'backend-down',
  thing: '10.77.7.3:8383',
  count: 3,
  days: 7,
  earlier: [],
  lastFix: {
    action: 'restart-unit',
    target: 'shop-api.service',
    host: 'app-3',
    at: '2026-11-19T02:00:00Z',
    lastedMs: 14_400_000,
  },
  notHeld: null,
  undone: null,
}

describe('a diagnosis of several hosts', () => {
  it('is one message that says how many have answered, before any has', async () => {
    await office.slack.person.type(dana.id, channel, '/nginx diagnose group:edge')
    await office.slack.waitFor(() => messages().length > 0)

    expect(office.queues.fleetRequests).toMatchObject([{ title: 'group:edge', hosts: ['web-1', 'web-2'] }])
    expect(texts()).toEqual(['group:edge: 0 of 2 hosts looked at'])
  })

  it('asks for the site on every host that serves it', async () => {
    await office.slack.person.type(dana.id, channel, '/nginx diagnose https://www.example.com/cart since 2h')
    await office.slack.waitFor(() => messages().length > 0)

    expect(office.queues.fleetRequests).toMatchObject([
      { hosts: ['web-1', 'web-2'], site: { serverName: 'www.example.com', path: '/cart' }, sinceSeconds: 7200 },
    ])
  })

  it('is refused above the number of hosts that the configuration names, and nothing is asked', async () => {
    await office.close()
    office = await openOffice('socket', { mostHosts: 1 })

    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1 web-2')
    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id).at(-1))

    expect(told.text).toMatch(/2 hosts.*1 at once at most.*fleetHosts/)
    expect(office.queues.fleetRequests).toEqual([])
  })

  it('asks for several hosts by a mention too, and answers in its thread', async () => {
    await office.slack.person.mention(dana.id, channel, 'diagnose web-1, web-2')
    await office.slack.waitFor(() => office.queues.fleetRequests.length > 0)
    const answer = await office.slack.waitFor(() => messages().find(({ text }) => text.includes('0 of 2')))

    expect(answer.threadTs).toBe(messages()[0]?.ts)
  })

  it('starts nothing when the queue is away, and says so', async () => {
    office.queues.reachable = false

    await office.slack.person.type(dana.id, channel, '/nginx diagnose group:edge')
    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id).at(-1))

    expect(told.text).toContain('Redis')
    expect(office.queues.fleetRequests).toEqual([])
  })

  it('fills in as hosts answer: an edit for what came in, not one for each', async () => {
    await openFleet(['web-1', 'web-2', 'web-3'])
    await office.bot.showFleets()
    const down = await diagnosisFrom(recorded.stoppedThere)
    await answers(renamed(down, 'web-1'))
    await answers(renamed(down, 'web-2'))
    const before = office.slack.calls('chat.update').length

    await office.bot.showFleets()

    expect(office.slack.calls('chat.update')).toHaveLength(before + 1)
    expect(texts()).toEqual(['group:edge: 2 of 3 hosts looked at'])
    expect(root()).toMatch(/It is the backend 10\.\S+ on app-3, not these 2 hosts: the backend is down/)
  })

  it('says at the root that all hosts of a group had it before, and with the details how it was on each', async () => {
    await openFleet(['web-1', 'web-2', 'web-3'])
    const down = await diagnosisFrom(recorded.stoppedThere)
    await answers(renamed(down, 'web-1'), thirdTime)
    await answers(renamed(down, 'web-2'), { ...thirdTime, count: 4 })
    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-3'))

    await office.bot.showFleets()

    expect(root()).toContain(
      ': at least the third time in 7 days on each of the 2 hosts.* Last fix: restart of shop-api.service on app-3, lasted 4 h.',
    )
    const details = messages().map(({ blocks }) => JSON.stringify(blocks))
    expect(details.find((blocks) => blocks.includes('*Seen before*'))).toMatch(
      /Third time in 7 days on web-1.*Fourth time in 7 days on web-2/,
    )
  })

  it('says at the end what is shared, has the details of each group below it, and calls who asked once', async () => {
    await openFleet(['web-1', 'web-2', 'web-3'])
    const down = await diagnosisFrom(recorded.stoppedThere)
    await answers(renamed(down, 'web-1'))
    await answers(renamed(down, 'web-2'))
    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-3'))

    await office.bot.showFleets()
    await office.bot.showFleets()

    expect(texts()).toEqual([
      expect.stringMatching(/^group:edge: 10\.\S+ on app-3: the backend is down, 2 of 3 hosts fail by it$/),
      expect.stringMatching(/^2 hosts: the backend is down, 10\.\S+ on app-3 \(confirmed\)$/),
      '1 host: healthy',
      expect.stringMatching(/^group:edge: .*<@U0DANA/),
    ])
  })

  it('calls nobody for an alert', async () => {
    await openFleet(['web-1', 'web-2'], { kind: 'alert', source: 'alertmanager', title: 'Http502' })
    const well = await diagnosisFrom(recorded.healthy)
    await answers(renamed(well, 'web-1'))
    await answers(renamed(well, 'web-2'))

    await office.bot.showFleets()

    expect(texts().length).toBeGreaterThan(1)
    expect(texts().join()).not.toContain('<@')
  })

  it('names hosts without a diagnosis with their reason', async () => {
    await openFleet(['web-1', 'web-2'])
    await office.post('t1', {
      kind: 'failed',
      host: 'web-1',
      message: 'web-1 is not known.',
      next: 'Restart the worker.',
    })
    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-2'))

    await office.bot.showFleets()

    const [, details] = messages()
    expect(details?.text).toBe('1 host: no diagnosis')
    expect(JSON.stringify(details?.blocks)).toMatch(/web-1 is not known\..*Restart the worker\./)
  })

  it('goes on where a failure in the middle of the details left off', async () => {
    await openFleet(['web-1', 'web-2'])
    await answers(renamed(await diagnosisFrom(recorded.stoppedHere), 'web-1'))
    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-2'))
    await office.bot.showFleets()
    const complete = [...texts()]
    await office.close()
    office = await openOffice('socket')
    await openFleet(['web-1', 'web-2'])
    await office.bot.showFleets()
    await answers(renamed(await diagnosisFrom(recorded.stoppedHere), 'web-1'))
    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-2'))
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'fatal_error' })
    await office.bot.showFleets()
    expect(texts().length).toBeLessThan(complete.length)

    await office.bot.showFleets()

    expect(texts()).toEqual(complete)
  })

  it('counts again when a host is asked for after the last word, and tells what is new about that one', async () => {
    await openFleet(['web-1', 'web-2'])
    const well = await diagnosisFrom(recorded.healthy)
    await answers(renamed(well, 'web-1'))
    await answers(renamed(well, 'web-2'))
    await office.bot.showFleets()
    const told = texts().length

    await office.queues.diagnoseAll({ threadId: 't1', title: 'group:edge', hosts: ['web-2'], requester: byDana })
    await office.bot.showFleets()
    const counting = texts()[0]
    await answers(renamed(await diagnosisFrom(recorded.stoppedHere), 'web-2'))
    await office.bot.showFleets()

    expect(counting).toBe('group:edge: 1 of 2 hosts looked at')
    expect(texts()[0]).toMatch(/^group:edge: web-2: /)
    const news = texts().slice(told)
    expect(news).toEqual([expect.stringMatching(/^1 host: web-2: /), expect.stringMatching(/^group:edge: web-2: /)])
    expect(news.join()).not.toContain('<@')
  })

  it('says in one line that a host is well again', async () => {
    await openFleet(['web-1', 'web-2'])
    const well = await diagnosisFrom(recorded.healthy)
    await answers(renamed(well, 'web-1'))
    await answers(renamed(await diagnosisFrom(recorded.stoppedHere), 'web-2'))
    await office.bot.showFleets()
    const told = texts().length

    await office.queues.diagnoseAll({ threadId: 't1', title: 'group:edge', hosts: ['web-2'], requester: byDana })
    await answers(renamed(well, 'web-2'))
    await office.bot.showFleets()

    expect(texts()[0]).toBe('group:edge: nothing is failing on 2 hosts.')
    expect(texts().slice(told)).toEqual(['group:edge: nothing is failing on 2 hosts.'])
  })

  it('is asked for again by its button, as it was', async () => {
    await openFleet(['web-1', 'web-2'])
    const down = await diagnosisFrom(recorded.stoppedHere)
    await answers(renamed(down, 'web-1'))
    await answers(renamed(down, 'web-2'))
    await office.bot.showFleets()
    const end = messages().find(({ text }) => text.includes('<@'))
    if (end === undefined) throw new Error('no last word')

    await office.slack.person.press(dana.id, end, 'Check again')
    await office.slack.waitFor(() => office.queues.fleetRequests.length > 1)

    expect(office.queues.fleetRequests[1]).toMatchObject({ title: 'group:edge', hosts: ['web-1', 'web-2'] })
  })

  it('says that nobody answers, once, and goes on when somebody does', async () => {
    await openFleet(['web-1', 'web-2'])
    await office.bot.showFleets()
    office.queues.fleets.quietFor('t1', 61_000)
    await office.bot.showFleets()
    const stalled = root()

    await answers(renamed(await diagnosisFrom(recorded.healthy), 'web-1'))
    await office.bot.showFleets()

    expect(stalled).toContain('Does the worker run?')
    expect(root()).not.toContain('Does the worker run?')
  })

  it('reaches the person alone where the bot may not post, as one answer at the end', async () => {
    office.slack.failNext({ method: 'chat.postMessage', status: 200, error: 'not_in_channel' })
    await office.slack.person.type(dana.id, channel, '/nginx diagnose web-1 web-2')
    const { threadId } = await office.slack.waitFor(() => office.queues.fleetRequests[0])
    const well = await diagnosisFrom(recorded.healthy)
    for (const host of ['web-1', 'web-2'])
      await office.post(threadId, { kind: 'diagnosis', diagnosis: renamed(well, host), proposal: null })

    await office.bot.showFleets()
    const told = await office.slack.waitFor(() =>
      office.slack.workspace.ephemerals(dana.id).find(({ text }) => text.includes('nothing is failing')),
    )

    expect(told.text).toBe('web-1, web-2: nothing is failing on 2 hosts.')
    expect(messages().filter(({ ephemeralTo }) => ephemeralTo !== dana.id)).toEqual([])
  })

  it('stays within the limits of Slack for two hundred hosts, each with a trouble of its own, and loses no count', async () => {
    const hosts = Array.from({ length: 200 }, (_, index) => `web-${index}.with-a-rather-long-name.example.internal`)
    await openFleet(hosts)
    const down = await diagnosisFrom(recorded.stoppedHere)
    for (const host of hosts) {
      const member = memberOf(renamed(down, host), null)
      const subject = { unit: `app-of-${host}.service` }
      const finding = member.finding === null ? null : { ...member.finding, subject }
      await office.queues.fleets.answered('t1', { ...member, finding }, new Date())
    }

    await office.bot.showFleets()

    expect(root()).toContain('200 of 200 hosts in trouble')
    expect(root()).toContain('and 188 further groups of hosts, in the thread')
    expect(texts()).toContain('191 smaller groups of hosts')
    expect(office.said.join()).not.toContain('could not be shown')
  })

  it('lets no host speak as if it were us', async () => {
    await openFleet(['web-1', 'web-2'])
    const down = await diagnosisFrom(recorded.stoppedHere)
    const [first] = down.findings
    if (first === undefined) throw new Error('no finding')
    const evil = { ...first, summary: '<!channel> `x` <https://evil.example|Approve> \u202e&amp;' }
    await answers({ ...renamed(down, 'web-1'), findings: [evil] })
    await answers({
      ...renamed(down, 'web-2'),
      headline: '<!here>',
      findings: [{ ...evil, subject: { unit: '<@U1>' } }],
    })

    await office.bot.showFleets()

    expect(texts().join('\n')).not.toMatch(/<!|<http|<@U1/)
    expect(JSON.stringify(messages().map(({ blocks }) => blocks))).not.toContain('\u202e')
  })
})

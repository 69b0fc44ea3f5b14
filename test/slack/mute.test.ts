import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, robin } from '../../demo/slack/cast.ts'
import type { MuteDesk, Muted } from '../../src/alerts/storm/mute-desk.ts'
import type { Mute } from '../../src/alerts/storm/mutes.ts'
import type { Status } from '../../src/alerts/storm/status.ts'
import { QueueUnreachableError } from '../../src/jobs/desk.ts'
import { openOffice, type Office } from './office.ts'

const channel = 'C0INCIDENTS'
const at = '2026-11-21T03:09:00.000Z'
const calm: Status = {
  workers: 1,
  queued: 0,
  running: 0,
  hosts: [],
  alerts: [],
  mutedAlerts: 0,
  digests: [],
  unmapped: [],
  untold: [],
  mutes: [],
  freezes: { chat: [], policy: [] },
}
let office: Office
let wishes: unknown[]
let ended: number
let refusal: Muted | null
let redisIsAway: boolean

const muteDesk: MuteDesk = {
  mute: async ({ on, seconds, because }, who) => {
    wishes.push({ on, seconds, because, who })
    const until = new Date(Date.parse(at) + seconds * 1000).toISOString()
    const stranger = await who.whyNoMember()
    if (stranger !== null) return { kind: 'refused', because: stranger }
    const mute: Mute = { id: 'm1', on, until, because, by: who.userId, name: who.name, at }
    return refusal ?? { kind: 'muted', mute }
  },
  unmute: async () => ({ ended, left: [] }),
  list: async () => [],
}

beforeEach(async () => {
  ;[wishes, ended, refusal, redisIsAway] = [[], 1, null, false]
  const status = () => (redisIsAway ? Promise.reject(new QueueUnreachableError()) : Promise.resolve(calm))
  office = await openOffice('socket', { forAlerts: { muteDesk, status } })
})
afterEach(() => office.close())

const type = (line: string) => office.slack.person.type(dana.id, channel, line)
const alone = () => office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
const shown = () => office.slack.workspace.messages(channel).filter(({ ephemeralTo }) => ephemeralTo === undefined)

describe('muting in Slack', () => {
  it('tells everybody in the channel who muted what, until when and why, and calls nobody', async () => {
    await type('/nginx mute group:edge 2h moving <!channel>')
    const message = await office.slack.waitFor(() => shown()[0])

    expect(wishes).toMatchObject([{ on: 'group:edge', seconds: 7200, who: { userId: dana.id, name: dana.realName } }])
    expect(message.text).toMatch(/muted alerts of group:edge until 05:09 UTC: moving &lt;!channel&gt;$/)
  })

  it('tells everybody also when it was asked for with a mention: a mute hides trouble, and nobody hides a mute', async () => {
    await office.slack.person.mention(dana.id, channel, 'mute all 7d')
    const answer = await office.slack.waitFor(() => shown().find(({ text }) => text.includes('muted alerts')))

    expect(answer.threadTs).toBeDefined()
    expect(answer.text).toContain('muted alerts of all hosts')
  })

  it('mutes nothing for a guest, and says so to him alone', async () => {
    await office.slack.person.type(robin.id, channel, '/nginx mute all 7d')
    const told = await office.slack.waitFor(() => office.slack.workspace.ephemerals(robin.id)[0])

    expect(told.text).toBe('Nothing was muted: guests of this workspace may not mute.')
    expect(shown()).toEqual([])
  })

  it('tells the person alone what was not muted, or that there was nothing to end', async () => {
    refusal = { kind: 'refused', because: 'the audit record could not be written' }
    await type('/nginx mute web-1')
    const told = await alone()

    expect(told.text).toBe('Nothing was muted: the audit record could not be written.')
    expect(shown()).toEqual([])
  })

  it('tells the person alone when there was no mute on exactly that', async () => {
    ended = 0
    await type('/nginx unmute web-1')

    expect((await alone()).text).toBe('There is no mute on exactly web-1. Nothing is muted now.')
  })

  it('answers a question for the status to the person alone, also when Redis is away', async () => {
    await type('/nginx status')
    const works = await alone()
    redisIsAway = true
    await type('/nginx status')
    const away = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[1])

    expect(works.text).toMatch(/^It works: 1 worker is there/)
    expect(away.text).toContain('Redis')
    expect(shown()).toEqual([])
  })
})

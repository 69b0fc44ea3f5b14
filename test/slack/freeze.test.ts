import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, robin } from '../../demo/slack/cast.ts'
import type { FreezeDesk, Freezer, FreezeWish, FreezesNow, Lifted } from '../../src/jobs/freeze-desk.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const channel = 'C0INCIDENTS'
const nothing: FreezesNow = { chat: [], policy: [] }
let office: Office
let asked: { readonly wish: FreezeWish | string; readonly who: Freezer }[]
let now: FreezesNow
let lifting: Lifted

/** What the bot does with the queues of a test: the wish is kept, and answered as the real one does. */
const freezes: FreezeDesk = {
  freeze: async (wish, who) => {
    asked.push({ wish, who })
    const { on, because } = wish
    const freeze = { id: 'f1', on, because, by: who.userId, name: who.name, at: '2026-11-21T03:09:00.000Z' }
    return { kind: 'frozen', freeze: { ...freeze, until: wish.seconds === null ? null : '2026-11-21T05:09:00.000Z' } }
  },
  unfreeze: async (on, who) => {
    asked.push({ wish: on, who })
    return lifting
  },
  list: async () => now,
}

beforeEach(async () => {
  asked = []
  now = nothing
  lifting = { kind: 'lifted', on: 'web-1', count: 1, left: nothing }
  office = await openOffice('socket', { freezes })
})
afterEach(() => office.close())

const type = (line: string) => office.slack.person.type(dana.id, channel, line)
const alone = () => office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
const shown = () => office.slack.workspace.messages(channel).filter(({ ephemeralTo }) => ephemeralTo === undefined)
const toAll = () => office.slack.waitFor(() => shown()[0])

describe('freezing in Slack', () => {
  it('tells everybody in the channel who froze what, until when and why', async () => {
    await type('/nginx freeze group:edge for 2h moving <!channel> & co')

    const told = JSON.stringify(await toAll())
    expect(asked[0]?.wish).toEqual({ on: 'group:edge', seconds: 7200, because: 'moving <!channel> & co' })
    expect(told).toContain('froze group:edge until 2026-11-21 05:09 UTC')
    expect(told).not.toContain('"text":"<!channel>')
  })

  it('goes by the id of the person, the name is what Slack says', async () => {
    await type('/nginx freeze')
    await toAll()

    expect(asked[0]?.who).toMatchObject({ userId: dana.id, name: dana.realName })
  })

  it('asks Slack at the moment of lifting in which groups the person is; a group that is gone has nobody', async () => {
    await type('/nginx unfreeze web-1')
    await toAll()

    const member = asked[0]?.who.memberOf
    expect(await member?.(['S0APPROVERS', 'S0GONE'])).toEqual(['S0APPROVERS'])
  })

  it('tells the person alone why a freeze stays', async () => {
    lifting = { kind: 'refused', because: 'only approvers may lift it' }

    await type('/nginx unfreeze all')

    expect((await alone()).text).toContain('It stays frozen: only approvers may lift it')
    expect(shown()).toEqual([])
  })

  it('lists what is frozen by chat and by the policy, to the person alone', async () => {
    const made = {
      on: 'web-1',
      until: null,
      because: 'deploy',
      by: robin.id,
      name: 'Robin',
      at: '2026-11-21T03:00:00.000Z',
    }
    const hosts = { all: false, names: [], groups: [], labels: { env: 'production' } }
    now = {
      chat: [
        { kind: 'freeze', id: 'f1', ...made },
        { kind: 'forged', id: 'f2', because: 'its signature does not hold' },
      ],
      policy: [{ hosts, from: 0, until: Date.parse('2027-01-04T07:00:00Z'), because: 'year-end' }],
    }

    await type('/nginx freezes')

    const list = JSON.stringify(await alone())
    expect(list).toContain('until it is lifted, by Robin since 2026-11-21 03:00 UTC: deploy')
    expect(list).toContain('its signature does not hold')
    expect(list).toContain('env=production')
    expect(list).toContain('until 2027-01-04 07:00 UTC, by the policy: year-end')
  })

  it('freezes nothing for who may not diagnose', async () => {
    await office.close()
    office = await openOffice('socket', { freezes, mayAsk: async () => ({ allowed: false, because: 'You may not.' }) })

    await type('/nginx freeze all')

    expect((await alone()).text).toBe('You may not.')
    expect(asked).toEqual([])
  })
})

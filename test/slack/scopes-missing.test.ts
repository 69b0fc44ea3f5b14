import { afterEach, describe, expect, it } from 'vitest'
import { dana } from '../../demo/slack/cast.ts'
import type { MuteDesk } from '../../src/alerts/storm/mute-desk.ts'
import type { Status } from '../../src/alerts/storm/status.ts'
import { openOffice, type Office } from './office.ts'

const status: Status = {
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
const muteDesk: MuteDesk = {
  mute: async () => ({ kind: 'refused', because: 'mutes are not part of this test' }),
  unmute: async () => ({ ended: 0, left: [] }),
  list: async () => [],
}
const forAlerts = { muteDesk, status: async () => status }
let office: Office

afterEach(() => office.close())

describe('an app without the scopes to ask', () => {
  it.each([
    [['channels:read'], 'every private channel counts as shared', 'groups:read'],
    [['groups:read'], 'every public channel counts as shared', 'channels:read'],
    [[], 'every channel counts as shared', 'channels:read and groups:read'],
  ])('has %j: its log says at the start, and its status to whoever asks, what to add', async (scopes, what, add) => {
    office = await openOffice('socket', { scopes, forAlerts })

    const told = await office.slack.waitFor(() => office.said.find((line) => line.includes(what)))
    await office.slack.person.type(dana.id, 'C0INCIDENTS', '/nginx status')
    const shown = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])

    expect(told).toContain(`${add} (manifest.yml)`)
    const blocks = JSON.stringify(shown.blocks)
    expect(blocks).toContain(what)
    expect(blocks).toContain(`${add} (manifest.yml)`)
  })

  it('says nothing where it has them', async () => {
    office = await openOffice('socket', { scopes: ['channels:read', 'groups:read'], forAlerts })

    await office.slack.person.type(dana.id, 'C0INCIDENTS', '/nginx status')
    const shown = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])

    expect(JSON.stringify(shown.blocks)).not.toContain('shared')
    expect(office.said.join()).not.toContain('counts as shared')
  })
})

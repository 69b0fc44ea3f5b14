import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dana, robin } from '../../demo/slack/cast.ts'
import { presserOf } from '../../src/slack/presser.ts'
import { createIsShared } from '../../src/slack/shared-channels.ts'
import { createWeb } from '../../src/slack/web.ts'
import { PacedClient } from '../../src/slack/paced-client.ts'
import { diagnosed, proposal } from './cases.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'

const shared = 'C0SUPPLIER1'
const requester = { kind: 'user', userId: dana.id } as const
let office: Office

beforeEach(async () => {
  office = await openOffice('socket')
})
afterEach(() => office.close())

async function diagnosedIn(channel: string): Promise<void> {
  await office.queues.open({ id: 't1', channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.post('t1', { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail: 'a log' } })
  await office.post('t1', { kind: 'diagnosis', diagnosis: diagnosed, proposal })
}

describe('a channel that is shared with another organisation', () => {
  it('gets host, cause, verdict and time, and neither evidence nor buttons', async () => {
    await diagnosedIn(shared)

    const there = office.slack.workspace.messages(shared)
    expect(there.map(({ text }) => text)).toEqual([
      '*web-1:* the backend is down · looked at <!date^1795230491^{time}|03:08 UTC>',
      `*web-1:* the backend is down · looked at <!date^1795230491^{time}|03:08 UTC> <@${dana.id}>`,
    ])
    const blocks = JSON.stringify(there.map((message) => message.blocks))
    expect(blocks.match(/evidence, fix and buttons are left out\. Ask in a channel of your own/g)).toHaveLength(2)
    expect(blocks).not.toContain('"actions"')
    expect(blocks).not.toContain('checkout-api')
  })

  it('is asked about once in a while, and not for every message', async () => {
    await diagnosedIn(shared)

    expect(office.slack.calls('conversations.info')).toHaveLength(1)
  })

  it('gets nothing of an action but how it ended', async () => {
    await diagnosedIn(shared)
    const outcome = { kind: 'resolved', detail: 'upstream 10.0.3.7 answers' } as const
    await office.post('t1', { kind: 'action-ended', proposal, outcome, diagnosis: null })

    const there = office.slack.workspace.messages(shared)
    expect(there[0]?.text).toBe('*web-1:* resolved')
    expect(JSON.stringify(there)).not.toContain('10.0.3.7')
  })

  it('has no presses that count: a press from there is refused', async () => {
    const message = office.slack.workspace.post({
      channel: shared,
      user: office.slack.workspace.bot.id,
      text: 'from before it was shared',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'approve', value: proposal.id, text: { type: 'plain_text', text: 'Start' } },
          ],
        },
      ],
    })

    await office.slack.person.press(dana.id, message, 'Start')

    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(dana.id)[0])
    expect(alone.text).toContain('nothing was done')
    expect(office.queues.presses).toEqual([])
  })

  it('answers a mention by a guest there with nothing but that', async () => {
    office.slack.workspace.join(shared, robin.id)
    await office.slack.person.type(robin.id, shared, '@gatemedic history web-1')

    const alone = await office.slack.waitFor(() => office.slack.workspace.ephemerals(robin.id)[0])
    expect(alone.text).toContain('only full members')
  })

  it('is every channel while the app lacks the scope to ask, which the log says with the way out', async () => {
    office.slack.failNext({ method: 'conversations.info', status: 200, error: 'missing_scope' })
    await diagnosedIn('C0INCIDENTS')

    expect(JSON.stringify(office.slack.workspace.messages('C0INCIDENTS'))).not.toContain('checkout-api')
    expect(office.said.filter((line) => line.includes('add the scopes channels:read and groups:read'))).toHaveLength(1)
  })
})

describe('who presses in a shared channel', () => {
  it.each([
    ['summary', 'this channel is shared with another organisation'],
    ['whole', null],
  ] as const)('with sharedChannels: %s may approve: %s', async (sharedChannels, because) => {
    const client = new PacedClient(office.slack.botToken, { slackApiUrl: office.slack.apiUrl }, null, undefined)
    const web = createWeb(
      client,
      { ...office.parts, sharedChannels },
      createIsShared(client, { ...office.parts, sharedChannels }),
    )

    const presser = presserOf(
      {
        ...office.parts,
        web,
        roots: { ensure: async () => Promise.reject(new Error('not asked')) },
        nameOf: async (id) => id,
      },
      { userId: dana.id, channel: shared },
    )

    expect(await presser.whyNot()).toBe(because)
  })
})

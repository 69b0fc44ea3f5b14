import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { alertmanager, dana, grafana } from '../../../demo/slack/cast.ts'
import { objectAt, textAt } from '../../../demo/slack/json.ts'
import type { JsonObject } from '../../../demo/slack/json.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'

let slack: StandIn

beforeEach(async () => {
  // Nobody listens: what would have been delivered stands in the log.
  slack = await startStandIn({ messageEvents: true, retryDelaysMs: [] })
})
afterEach(() => slack.close())

function delivered(): readonly JsonObject[] {
  return slack
    .deliveries()
    .map(({ delivery: { kind, body } }) => (kind === 'events_api' ? objectAt(body, 'event') : body))
}

describe('an app that is subscribed to messages', () => {
  it('hears what an incoming webhook posts as a bot_message without a user', () => {
    const attachments = [{ title: '[FIRING:1] Down', color: 'a30200' }]

    const { ts } = slack.postAs(alertmanager, 'edge-alerts', { attachments })

    expect(delivered()).toMatchObject([
      {
        type: 'message',
        subtype: 'bot_message',
        bot_id: 'B0ALERTMGR1',
        app_id: 'A0WEBHOOKS1',
        username: 'AlertManager',
        channel_type: 'channel',
        attachments,
        ts,
      },
    ])
    expect(delivered()[0]).not.toHaveProperty('user')
  })

  it('hears what an app posts with its bot user and profile', () => {
    slack.postAs(grafana, 'edge-alerts', { text: 'web-1 is down' })

    expect(delivered()).toMatchObject([
      { type: 'message', user: grafana.user.id, bot_profile: { id: 'B0GRAFANA01', app_id: 'A0GRAFANA01' } },
    ])
  })

  it('hears an edit as message_changed, with the message as it is now inside', () => {
    const message = slack.postAs(alertmanager, 'edge-alerts', { text: 'web-1 is down' })

    slack.workspace.change(message, { text: 'web-1 is back' })

    const [, edit] = delivered()
    expect(edit).toMatchObject({ subtype: 'message_changed', hidden: true })
    expect(objectAt(edit ?? {}, 'message')).toMatchObject({ ts: message.ts, text: 'web-1 is back' })
    expect(textAt(edit, 'ts')).not.toBe(message.ts)
  })

  it('hears nothing of channels it is not in, nor what only one person sees', async () => {
    slack.postAs(alertmanager, 'general', { text: 'web-1 is down' })
    await slack.person.type(dana.id, 'incidents', '/nope')

    expect(delivered()).toEqual([])
  })

  it('gets a shortcut of a message with the whole message and a response_url', async () => {
    const message = slack.postAs(alertmanager, 'general', { text: 'web-1 is down' })

    await slack.person.messageShortcut(dana.id, message, 'diagnose_alert')

    const [action] = delivered()
    expect(action).toMatchObject({
      type: 'message_action',
      callback_id: 'diagnose_alert',
      user: { id: dana.id },
      channel: { id: 'C0GENERAL01' },
      message_ts: message.ts,
      message: { text: 'web-1 is down', bot_id: 'B0ALERTMGR1' },
    })
    expect(textAt(action, 'response_url')).toMatch(/^http/)
  })
})

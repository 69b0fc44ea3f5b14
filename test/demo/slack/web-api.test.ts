import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { dana, robin, sam } from '../../../demo/slack/cast.ts'
import { listAt, objectAt, textAt } from '../../../demo/slack/json.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'
import { call } from './call.ts'

const incidents = 'C0INCIDENTS'
let slack: StandIn

beforeEach(async () => {
  slack = await startStandIn()
})
afterEach(async () => {
  await slack.close()
})

async function posted(text = 'hello'): Promise<string> {
  return textAt(await call(slack, 'chat.postMessage', { channel: incidents, text }), 'ts')
}

describe('the stand-in’s Web API', () => {
  it.each([
    ['no token', 'chat.postMessage', { channel: incidents, text: 'x' }, '', 'not_authed'],
    ['a wrong token', 'chat.postMessage', { channel: incidents, text: 'x' }, 'xoxb-other', 'invalid_auth'],
    ['an unknown method', 'chat.shout', {}, undefined, 'unknown_method'],
    [
      'a channel that is not there',
      'chat.postMessage',
      { channel: 'C0NONE', text: 'x' },
      undefined,
      'channel_not_found',
    ],
    [
      'a public channel without the bot',
      'chat.postMessage',
      { channel: 'general', text: 'x' },
      undefined,
      'not_in_channel',
    ],
    [
      'a private channel without the bot',
      'conversations.info',
      { channel: 'G0WARROOM01' },
      undefined,
      'channel_not_found',
    ],
    ['no text', 'chat.postMessage', { channel: incidents }, undefined, 'no_text'],
    [
      '40,001 characters',
      'chat.postMessage',
      { channel: incidents, text: 'x'.repeat(40_001) },
      undefined,
      'msg_too_long',
    ],
    [
      'a thread that is not there',
      'chat.postMessage',
      { channel: incidents, text: 'x', thread_ts: '1.0' },
      undefined,
      'thread_not_found',
    ],
    [
      'a message that is not there',
      'chat.update',
      { channel: incidents, ts: '1.0', text: 'x' },
      undefined,
      'message_not_found',
    ],
    [
      'blocks that are no list',
      'chat.postMessage',
      { channel: incidents, blocks: 'x' },
      undefined,
      'invalid_blocks_format',
    ],
    [
      'somebody outside the channel',
      'chat.postEphemeral',
      { channel: 'edge-alerts', user: robin.id, text: 'x' },
      undefined,
      'user_not_in_channel',
    ],
    [
      'a trigger nobody gave',
      'views.open',
      { trigger_id: '1', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } },
      undefined,
      'invalid_trigger_id',
    ],
  ])('answers %s as Slack does', async (_case, method, args, token, error) => {
    const answer = await call(slack, method, args, token)

    expect(answer).toMatchObject({ ok: false, error })
  })

  it('does not let the bot change what a person wrote', async () => {
    await slack.person.type(dana.id, incidents, 'mine')
    const ts = slack.workspace.messages(incidents).at(-1)?.ts ?? ''

    const answer = await call(slack, 'chat.update', { channel: incidents, ts, text: 'yours' })

    expect(answer['error']).toBe('cant_update_message')
  })

  it('takes form-encoded arguments with blocks as a JSON string', async () => {
    const blocks = JSON.stringify([{ type: 'divider' }])
    const body = new URLSearchParams({ token: slack.botToken, channel: incidents, text: 'x', blocks })

    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body })

    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [{ type: 'divider' }] } })
  })

  it('removes the blocks when an update brings text alone, and marks it as edited', async () => {
    const blocks = [{ type: 'divider' }]
    const { ts } = await call(slack, 'chat.postMessage', { channel: incidents, text: 'x', blocks })

    await call(slack, 'chat.update', { channel: incidents, ts, text: 'y' })

    const message = slack.workspace.message(incidents, textAt({ ts }, 'ts'))
    expect(message).toMatchObject({ text: 'y', blocks: [] })
    expect(message?.edited).toBeDefined()
  })

  it('keeps metadata through an update and gives it only when asked', async () => {
    const metadata = { event_type: 'diagnosis', event_payload: { id: 'd1' } }
    const { ts } = await call(slack, 'chat.postMessage', { channel: incidents, text: 'x', metadata })
    await call(slack, 'chat.update', { channel: incidents, ts, text: 'y' })

    const without = await call(slack, 'conversations.history', { channel: incidents })
    const asked = await call(slack, 'conversations.history', { channel: incidents, include_all_metadata: true })

    expect(objectAt(listAt(without, 'messages')[0], 'metadata')).toEqual({})
    expect(objectAt(listAt(asked, 'messages')[0], 'metadata')).toEqual(metadata)
  })

  it('keeps replies out of the history and lists them with their root', async () => {
    const root = await posted('root')
    await call(slack, 'chat.postMessage', { channel: incidents, text: 'reply', thread_ts: root })

    const history = await call(slack, 'conversations.history', { channel: incidents })
    const replies = await call(slack, 'conversations.replies', { channel: incidents, ts: root })

    expect(listAt(history, 'messages').map((one) => textAt(one, 'text'))).toEqual(['root'])
    expect(listAt(replies, 'messages').map((one) => textAt(one, 'text'))).toEqual(['root', 'reply'])
    expect(listAt(history, 'messages')[0]).toMatchObject({ reply_count: 1 })
  })

  it('shows an ephemeral message to one person and in no history', async () => {
    await call(slack, 'chat.postEphemeral', { channel: incidents, user: sam.id, text: 'psst' })

    const history = await call(slack, 'conversations.history', { channel: incidents })
    expect(listAt(history, 'messages')).toEqual([])
    expect(slack.workspace.ephemerals(sam.id).map((one) => one.text)).toEqual(['psst'])
    expect(slack.workspace.ephemerals(dana.id)).toEqual([])
  })

  it('joins a public channel and may post there from then on', async () => {
    await call(slack, 'conversations.join', { channel: 'C0GENERAL01' })

    expect(await call(slack, 'chat.postMessage', { channel: 'general', text: 'x' })).toMatchObject({ ok: true })
  })

  it('opens the direct conversation when a message goes to a person', async () => {
    const answer = await call(slack, 'chat.postMessage', { channel: dana.id, text: 'x' })

    expect(answer['channel']).toBe('D0DANABOT01')
  })

  it('knows people with their zone and who is in a group', async () => {
    const user = await call(slack, 'users.info', { user: dana.id })
    const group = await call(slack, 'usergroups.users.list', { usergroup: 'S0APPROVERS' })

    expect(user).toMatchObject({ user: { real_name: 'Dana Okafor', tz: 'Europe/Berlin', tz_offset: 3600 } })
    expect(group).toMatchObject({ users: [dana.id, sam.id] })
  })

  it('logs each call without its token', async () => {
    await posted('hello')

    expect(slack.calls('chat.postMessage')).toMatchObject([
      { status: 200, args: { channel: incidents, text: 'hello' } },
    ])
    expect(JSON.stringify(slack.calls())).not.toContain(slack.botToken)
  })

  it('fails the next call as it was told and the one after not', async () => {
    slack.failNext({ method: '*', status: 429, retryAfter: 7 })

    const first = await call(slack, 'auth.test', {})
    const second = await call(slack, 'auth.test', {})

    expect(first).toMatchObject({ error: 'ratelimited', retryAfter: 7 })
    expect(second).toMatchObject({ ok: true })
  })
})

describe('rates', () => {
  it('are counted in any case and turn nobody away unless enforced', async () => {
    for (let count = 0; count < 8; count += 1) await posted()

    expect(slack.rates().get('chat.postMessage')).toEqual({ peakPerMinute: 8, limit: 60 })
    expect(slack.calls('chat.postMessage').every((one) => one.status === 200)).toBe(true)
  })

  it('turn a caller away with the seconds to wait when enforced, and let it in again after them', async () => {
    let now = 1_790_000_000_000
    const strict = await startStandIn({ enforceRates: true, now: () => now })
    try {
      const answers: unknown[] = []
      for (let count = 0; count < 6; count += 1) {
        answers.push((await call(strict, 'chat.postMessage', { channel: incidents, text: 'x' }))['retryAfter'])
      }
      now += 5000
      const later = await call(strict, 'chat.postMessage', { channel: incidents, text: 'x' })

      expect(answers).toEqual([undefined, undefined, undefined, undefined, undefined, 1])
      expect(later).toMatchObject({ ok: true })
    } finally {
      await strict.close()
    }
  })
})

describe('a stand-in that is closed', () => {
  it('leaves no port open', async () => {
    const other = await startStandIn({ page: {} })
    await other.close()

    await expect(fetch(other.apiUrl)).rejects.toThrow('fetch failed')
    await expect(fetch(other.pageUrl ?? '')).rejects.toThrow('fetch failed')
  })
})

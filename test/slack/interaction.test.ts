import { describe, expect, it } from 'vitest'
import { readInteraction } from '../../src/slack/interaction.ts'

const press = {
  type: 'block_actions',
  user: { id: 'U1' },
  trigger_id: 'T',
  response_url: 'https://hooks.slack.com/actions/secret',
  channel: { id: 'C1' },
  container: { type: 'message', channel_id: 'C1', message_ts: '2.0', thread_ts: '1.0', is_ephemeral: false },
  message: { ts: '2.0', thread_ts: '1.0', text: 'hello', blocks: [{ type: 'divider' }] },
  actions: [{ type: 'button', action_id: 'approve', value: 'abc', action_ts: '3.0' }],
}

describe('reading the press of a button', () => {
  it('takes who, what and where', () => {
    expect(readInteraction(press)).toEqual({
      userId: 'U1',
      triggerId: 'T',
      actionId: 'approve',
      actionTs: '3.0',
      value: 'abc',
      channel: 'C1',
      responseUrl: 'https://hooks.slack.com/actions/secret',
      message: { ts: '2.0', threadTs: '1.0', text: 'hello', blocks: [{ type: 'divider' }] },
      threadTs: '1.0',
    })
  })

  it('has no message to edit when one person alone sees it, but knows its thread', () => {
    const ephemeral = { ...press, container: { ...press.container, is_ephemeral: true }, message: undefined }

    expect(readInteraction(ephemeral)).toMatchObject({ message: null, threadTs: '1.0', channel: 'C1' })
  })

  it.each([
    null,
    undefined,
    'text',
    [],
    {},
    { actions: [] },
    { actions: 'x', user: { id: 'U1' } },
    { user: null, actions: [{}] },
    { ...press, user: { id: 7 } },
  ])('answers null for %j', (body) => {
    expect(readInteraction(body)).toBeNull()
  })

  it('survives every field being something else', () => {
    const odd = {
      user: { id: 'U1' },
      actions: [{ action_id: 5, value: {} }],
      channel: 'C1',
      message: { ts: 3, blocks: 'x' },
      container: [],
    }

    expect(readInteraction(odd)).toMatchObject({ userId: 'U1', actionId: '', value: '', channel: null, message: null })
  })
})

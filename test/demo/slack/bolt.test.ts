import type { App } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { dana, sam } from '../../../demo/slack/cast.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'
import { startHttpApp, startSocketApp } from './bolt-app.ts'
import type { RunningApp } from './bolt-app.ts'

const transports = [
  { name: 'Socket Mode', start: startSocketApp },
  { name: 'signed HTTP', start: startHttpApp },
]

/** A little app: a command that posts with a button, a mention that is answered in its thread. */
function setUp(app: App, seen: string[]): void {
  app.command('/nginx', async ({ ack, command, say }) => {
    await ack({ response_type: 'ephemeral', text: 'looking' })
    seen.push(`command ${command.text}`)
    await say({
      text: `asked: ${command.text}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'Start it?' } },
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'start', value: 'v1', text: { type: 'plain_text', text: 'Start unit' } },
          ],
        },
      ],
    })
  })
  app.action('start', async ({ ack, body, respond }) => {
    await ack()
    seen.push(`action by ${body.user.id}`)
    await respond({ replace_original: true, text: 'started' })
  })
  app.event('app_mention', async ({ event, say, context }) => {
    seen.push(`mention ${event.text} retry ${context.retryNum ?? 0}`)
    await say({ thread_ts: event.thread_ts ?? event.ts, text: 'here' })
  })
}

describe.each(transports)('a Bolt app over $name', ({ start }) => {
  let slack: StandIn
  let running: RunningApp
  let seen: string[]

  beforeEach(async () => {
    seen = []
    slack = await startStandIn({ retryDelaysMs: [0] })
    running = await start(slack, (app) => setUp(app, seen))
  })
  afterEach(async () => {
    await running.stop()
    await slack.close()
  })

  it('gets a slash command as Slack sends it and its acknowledgement is shown to the person alone', async () => {
    const done = await slack.person.type(dana.id, 'incidents', '/nginx diagnose shop.example.com & more')

    const posted = await slack.waitFor(() => slack.workspace.messages('C0INCIDENTS').find((one) => !one.ephemeralTo))
    expect(done.outcome).toBe('acked')
    expect(seen).toEqual(['command diagnose <http://shop.example.com|shop.example.com> &amp; more'])
    expect(posted.text).toContain('asked: diagnose')
    expect(slack.workspace.ephemerals(dana.id).map((one) => one.text)).toEqual(['looking'])
  })

  it('hears a press with the person who pressed and replaces the message through the response_url', async () => {
    await slack.person.type(dana.id, 'incidents', '/nginx diagnose web-1')
    const posted = await slack.waitFor(() => slack.workspace.messages('C0INCIDENTS').find((one) => !one.ephemeralTo))

    const done = await slack.person.press(sam.id, posted, 'Start unit')

    const changed = await slack.waitFor(() => slack.workspace.message(posted.channel, posted.ts)?.text === 'started')
    expect(done.outcome).toBe('acked')
    expect(changed).toBe(true)
    expect(seen.at(-1)).toBe(`action by ${sam.id}`)
  })

  it('hears a mention twice when Slack repeats the event, the second time marked as a retry', async () => {
    await slack.person.mention(dana.id, 'incidents', 'diagnose web-1', undefined, { twice: true })

    await slack.waitFor(() => seen.length === 2)
    const ids = slack.deliveries().map((one) => one.delivery.body['event_id'])
    expect(seen).toEqual([
      'mention <@U0GATEMEDIC> diagnose web-1 retry 0',
      'mention <@U0GATEMEDIC> diagnose web-1 retry 1',
    ])
    expect(new Set(ids).size).toBe(1)
  })

  it('waits and tries again when it is told 429', async () => {
    slack.failNext({ method: 'chat.postMessage', status: 429, retryAfter: 1 })

    await slack.person.type(dana.id, 'incidents', '/nginx hosts')

    await slack.waitFor(() => slack.workspace.messages('C0INCIDENTS').some((one) => !one.ephemeralTo))
    expect(slack.calls('chat.postMessage').map((call) => call.status)).toEqual([429, 200])
  })

  it('sees invalid_blocks with a pointer for a header that is too long', async () => {
    const call = running.app.client.apiCall('chat.postMessage', {
      channel: 'C0INCIDENTS',
      text: 'x',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
    })

    await expect(call).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: [{ pointer: '/blocks/0/text/text', code: 'too_long' }] },
    })
  })
})

describe('a Bolt app over Socket Mode whose connection goes away', () => {
  it('comes back after a disconnect envelope and works on', async () => {
    const seen: string[] = []
    const slack = await startStandIn()
    const running = await startSocketApp(slack, (app) => setUp(app, seen))
    try {
      slack.disconnect()
      await slack.waitFor(() => slack.connections() === 0)

      const lost = await slack.person.type(dana.id, 'incidents', '/nginx hosts')
      await slack.waitFor(() => slack.connections() > 0)
      const done = await slack.person.type(dana.id, 'incidents', '/nginx hosts')

      expect(lost).toMatchObject({ outcome: 'failed' })
      expect(done.outcome).toBe('acked')
      expect(slack.workspace.ephemerals(dana.id)[0]?.text).toBe('/nginx failed with the error "dispatch_failed"')
    } finally {
      await running.stop()
      await slack.close()
    }
  })
})

describe('a Bolt app that does not acknowledge in time', () => {
  it('leaves the person with operation_timeout, in Slack’s words', async () => {
    const slack = await startStandIn({ ackTimeoutMs: 100 })
    const running = await startSocketApp(slack, (app) => {
      app.command('/nginx', () => Promise.resolve())
    })
    try {
      const done = await slack.person.type(dana.id, 'incidents', '/nginx hosts')

      expect(done.outcome).toBe('timed-out')
      expect(slack.workspace.ephemerals(dana.id)[0]?.text).toBe('/nginx failed with the error "operation_timeout"')
    } finally {
      await running.stop()
      await slack.close()
    }
  })
})

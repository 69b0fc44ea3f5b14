import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { dana, sam } from '../../../demo/slack/cast.ts'
import { signature } from '../../../demo/slack/http-delivery.ts'
import { textAt } from '../../../demo/slack/json.ts'
import { listen, shut } from '../../../demo/slack/listen.ts'
import { readText } from '../../../demo/slack/request-body.ts'
import { startStandIn } from '../../../demo/slack/stand-in.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'
import { call } from './call.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An app that keeps what it gets and answers each request with the next of these statuses, then 200. */
const received: Received[] = []
let statuses: number[] = []
const app = createServer((request, response) => {
  void receive(request, response)
})
async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readText(request)
  received.push({ headers: request.headers, body })
  response.writeHead(statuses.shift() ?? 200).end()
}
let slack: StandIn

beforeEach(async () => {
  received.length = 0
  statuses = []
  const address = await listen(app, 0)
  slack = await startStandIn({ transport: { kind: 'http', url: `http://${address}/` }, retryDelaysMs: [0, 0, 0] })
})
afterEach(async () => {
  await slack.close()
  await shut(app)
})

function field(name: string): string {
  return new URLSearchParams(received.at(-1)?.body ?? '').get(name) ?? ''
}

describe('what a person types', () => {
  it.each([
    ['diagnose web-1', 'diagnose web-1'],
    ['diagnose shop.example.com', 'diagnose <http://shop.example.com|shop.example.com>'],
    ['diagnose https://shop.example.com/cart?a=1&b=2', 'diagnose <https://shop.example.com/cart?a=1&amp;b=2>'],
    ['a < b & c', 'a &lt; b &amp; c'],
    ['ask @sam in #incidents', `ask <@${sam.id}|sam> in <#C0INCIDENTS|incidents>`],
    ['@nginx-approvers please', '<!subteam^S0APPROVERS|@nginx-approvers> please'],
    ['diagnose “web-1”', 'diagnose “web-1”'],
    ['/etc/nginx/nginx.conf', '/etc/nginx/nginx.conf'],
  ])('reaches a command as Slack writes it: %s', async (typed, text) => {
    await slack.person.type(dana.id, 'incidents', `/nginx ${typed}`)

    expect(field('text')).toBe(text)
  })

  it('is signed so that the app can tell it from a forgery', async () => {
    await slack.person.type(dana.id, 'incidents', '/nginx hosts')

    const { headers, body } = received[0] ?? { headers: {}, body: '' }
    const timestamp = Number(headers['x-slack-request-timestamp'])
    expect(headers['x-slack-signature']).toBe(signature(slack.signingSecret, timestamp, body))
  })

  it('is refused by Slack itself when it is a command in a thread or an unknown one', async () => {
    await call(slack, 'chat.postMessage', { channel: 'C0INCIDENTS', text: 'root' })
    const threadTs = slack.workspace.messages('C0INCIDENTS')[0]?.ts ?? ''

    const inThread = await slack.person.type(dana.id, 'incidents', '/nginx hosts', { threadTs })
    const unknown = await slack.person.type(dana.id, 'incidents', '/apache hosts')

    expect([inThread.outcome, unknown.outcome]).toEqual(['refused', 'refused'])
    expect(received).toEqual([])
    expect(slack.workspace.ephemerals(dana.id)[0]).toMatchObject({
      text: '/nginx is not supported in threads. Sorry!',
      threadTs,
    })
  })

  it('does not reach a bot that is not in the channel, and says how to invite it', async () => {
    await slack.person.mention(dana.id, 'general', 'diagnose web-1')

    expect(received).toEqual([])
    expect(slack.workspace.ephemerals(dana.id)[0]?.text).toContain('/invite @gatemedic')
  })

  it('comes again with retry headers until the app answers well', async () => {
    statuses = [500, 500]

    await slack.person.mention(dana.id, 'incidents', 'diagnose web-1')

    await slack.waitFor(() => received.length === 3)
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2'])
    expect(received[2]?.headers['x-slack-retry-reason']).toBe('http_error')
    expect(new Set(received.map(({ body }) => textAt(JSON.parse(body), 'event_id'))).size).toBe(1)
  })
})

describe('a press', () => {
  const button = {
    type: 'button',
    action_id: 'start',
    text: { type: 'plain_text', text: 'Start' },
    confirm: {
      title: { type: 'plain_text', text: 'Sure?' },
      text: { type: 'plain_text', text: 'Really?' },
      confirm: { type: 'plain_text', text: 'Yes' },
      deny: { type: 'plain_text', text: 'No' },
    },
  }
  const blocks = [{ type: 'actions', elements: [button] }]

  it('sends nothing when the person says no to the dialog', async () => {
    await call(slack, 'chat.postMessage', { channel: 'C0INCIDENTS', text: 'x', blocks })
    const [message] = slack.workspace.messages('C0INCIDENTS')
    if (!message) throw new Error('nothing was posted')

    const denied = await slack.person.press(sam.id, message, 'start', { answer: 'deny' })
    const confirmed = await slack.person.press(sam.id, message, 'Start')

    expect([denied.outcome, confirmed.outcome]).toEqual(['refused', 'acked'])
    expect(JSON.parse(field('payload'))).toMatchObject({
      type: 'block_actions',
      user: { id: sam.id },
      container: { message_ts: message.ts },
      actions: [{ action_id: 'start', type: 'button' }],
    })
  })

  it('gives a response_url that works five times', async () => {
    await slack.person.type(dana.id, 'incidents', '/nginx hosts')
    const url = field('response_url')

    const codes: number[] = []
    for (let use = 0; use < 6; use += 1) {
      codes.push((await fetch(url, { method: 'POST', body: JSON.stringify({ text: `${use}` }) })).status)
    }

    expect(codes).toEqual([200, 200, 200, 200, 200, 404])
    expect(slack.workspace.ephemerals(dana.id).map((one) => one.text)).toEqual(['0', '1', '2', '3', '4'])
  })

  it('gives a response_url that can speak where the bot cannot, and be heard by all if it wants', async () => {
    await slack.person.type(dana.id, 'war-room', '/nginx hosts')

    const body = JSON.stringify({ text: 'loud', response_type: 'in_channel' })
    await fetch(field('response_url'), { method: 'POST', body })

    expect(field('channel_name')).toBe('privategroup')
    expect(slack.workspace.messages('G0WARROOM01')).toMatchObject([{ text: 'loud' }])
    expect(slack.workspace.messages('G0WARROOM01')[0]?.ephemeralTo).toBeUndefined()
  })
})

import { createHmac } from 'node:crypto'

import { replyFrom } from './delivery.ts'
import type { Delivered, Delivery, Transport } from './delivery.ts'
import { parseJson } from './json.ts'
import type { Json, JsonObject } from './json.ts'

export interface HttpDeliveryOptions {
  /** The app's request URL, the same for commands, interactions and events. */
  readonly url: string
  readonly signingSecret: string
  readonly ackTimeoutMs: number
  readonly now: () => number
}

/** Slack's signature over "v0:timestamp:body" (Slack: "Verifying requests from Slack"). */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

function formField(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

/** Commands are a form, interactions a form with one field of JSON, events JSON. */
function encode({ kind, body }: Delivery): { readonly contentType: string; readonly text: string } {
  if (kind === 'events_api') return { contentType: 'application/json', text: JSON.stringify(body) }
  const fields =
    kind === 'interactive'
      ? { payload: JSON.stringify(body) }
      : Object.fromEntries(Object.entries(body).map(([key, value]) => [key, formField(value)]))
  return { contentType: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() }
}

/** Signed requests to the app, each with three seconds to answer. */
export function createHttpDelivery(options: HttpDeliveryOptions): Transport {
  const closing = new AbortController()

  async function deliver(delivery: Delivery): Promise<Delivered> {
    const started = options.now()
    const { contentType, text } = encode(delivery)
    const timestamp = Math.floor(started / 1000)
    const headers: Record<string, string> = {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(options.signingSecret, timestamp, text),
      'user-agent': 'Slackbot 1.0 (stand-in)',
    }
    if (delivery.retry) {
      headers['x-slack-retry-num'] = String(delivery.retry.number)
      headers['x-slack-retry-reason'] = delivery.retry.reason
    }
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(options.ackTimeoutMs)])
    try {
      const response = await fetch(options.url, { method: 'POST', headers, body: text, signal })
      const answer = await response.text()
      if (!response.ok) return { outcome: 'failed', reason: `HTTP ${response.status}` }
      return { outcome: 'acked', reply: replyOf(answer), ms: options.now() - started }
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return { outcome: 'timed-out' }
      return { outcome: 'failed', reason: error instanceof Error ? error.message : 'request failed' }
    }
  }

  return {
    deliver,
    close() {
      closing.abort()
      return Promise.resolve()
    },
  }
}

function replyOf(answer: string): JsonObject {
  return replyFrom(parseJson(answer) ?? answer)
}

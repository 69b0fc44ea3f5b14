import { isObject } from './json.ts'
import type { Json, JsonObject } from './json.ts'

/** One thing that Slack brings to an app. */
export interface Delivery {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api'
  readonly body: JsonObject
  /** Set on the second and later attempts of an event. */
  readonly retry?: { readonly number: number; readonly reason: 'http_timeout' | 'http_error' | 'timeout' }
}

/** How one attempt ended; `reply` is what the app sent with its acknowledgement ('' for nothing). */
export type Delivered =
  | { readonly outcome: 'acked'; readonly reply: JsonObject; readonly ms: number }
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'failed'; readonly reason: string }

/** Socket Mode or signed HTTP requests. Never throws: an app that is away is an outcome. */
export interface Transport {
  deliver(delivery: Delivery): Promise<Delivered>
  close(): Promise<void>
}

/** An acknowledgement's body: JSON, or plain text that becomes the text of the reply. */
export function replyFrom(value: Json | undefined): JsonObject {
  if (typeof value === 'string') return value ? { text: value } : {}
  return isObject(value) ? value : {}
}

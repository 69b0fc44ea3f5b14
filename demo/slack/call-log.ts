import type { JsonObject } from './json.ts'

/** One call of the Web API or of a response_url (method "response_url"), as it was answered. */
export interface Call {
  readonly method: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly args: JsonObject
  readonly status: number
  /** Slack's error code; absent when it was granted. */
  readonly error?: string
}

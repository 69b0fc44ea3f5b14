import type { JsonObject } from './json.ts'

/** What a Web API method answers with `{ ok: false, error: code, ...extra }`. */
export class SlackError extends Error {
  readonly code: string
  readonly extra: JsonObject

  constructor(code: string, extra: JsonObject = {}) {
    super(code)
    this.name = 'SlackError'
    this.code = code
    this.extra = extra
  }
}

import { WebClient } from '@slack/web-api'
import type { WebAPICallResult, WebClientOptions } from '@slack/web-api'
import type { Pace } from './pace.ts'

/** The one way of this program to Slack's Web API: no method is called before its pace allows. A class because that is how the library is extended. */
export class PacedClient extends WebClient {
  readonly #pace: Pace | null

  constructor(token: string, options: WebClientOptions, pace: Pace | null) {
    super(token, options)
    this.#pace = pace
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    // The library's own name for three calls, each of which comes by here.
    if (this.#pace !== null && method !== 'files.uploadV2') {
      const { channel } = options
      await this.#pace(method, typeof channel === 'string' ? channel : '')
    }
    return super.apiCall(method, options)
  }
}

import { WebClient, WebClientEvent } from '@slack/web-api'
import type { WebAPICallResult, WebClientOptions } from '@slack/web-api'
import type { Pace } from './pace.ts'
import type { SlackParts } from './parts.ts'

/** The one way of this program to Slack's Web API: no method is called before its pace allows. A class because that is how the library is extended. */
export class PacedClient extends WebClient {
  readonly #pace: Pace | null
  readonly #called: NonNullable<SlackParts['slackCalled']>

  constructor(token: string, options: WebClientOptions, pace: Pace | null, called: SlackParts['slackCalled']) {
    super(token, options)
    this.#pace = pace
    this.#called = called ?? (() => undefined)
    // The library waits and tries again by itself; this is how it says so.
    this.on(WebClientEvent.RATE_LIMITED, (_seconds: number, { url }: { readonly url: string }) => {
      this.#called(url.split('/').at(-1) ?? url, 'rate-limited')
    })
  }

  override async apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    // The library's own name for three calls, each of which comes by here.
    if (this.#pace !== null && method !== 'files.uploadV2') {
      const { channel } = options
      await this.#pace(method, typeof channel === 'string' ? channel : '')
    }
    try {
      const result = await super.apiCall(method, options)
      this.#called(method, 'ok')
      return result
    } catch (error) {
      this.#called(method, 'failed')
      throw error
    }
  }
}

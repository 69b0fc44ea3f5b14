import type { WaitFor } from './take-alerts.ts'

export interface WaitSettings {
  /** Channels in which alerts come as messages too. */
  readonly slack?: readonly { readonly channel: string }[]
  readonly slackWaitSeconds?: number
}

/**
 * An alert that comes as a webhook and as a message in Slack is one: where its channel has such messages, the webhook waits a
 * little, so that the answer gets into the thread of the message. That it waits stands in Redis, and any bot goes on with it.
 */
export function waitForMessages(settings: WaitSettings | undefined): WaitFor {
  const channels = new Set(settings?.slack?.map(({ channel }) => channel))
  return (channel) => (channels.has(channel) ? (settings?.slackWaitSeconds ?? 0) : 0)
}

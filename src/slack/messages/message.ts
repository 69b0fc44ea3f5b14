import type { KnownBlock } from '@slack/types'

/** What is sent: `text` is what a lock screen and a screen reader get, `blocks` what is seen in Slack. */
export interface Message {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
  /** mrkdwn for a channel that another organisation reads; absent: nothing of this message is meant for it. */
  readonly outside?: string
}

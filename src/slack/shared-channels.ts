import type { WebClient } from '@slack/web-api'
import type { SlackParts } from './parts.ts'
import { scopesWords } from './scopes-missing.ts'
import { platformCode } from './slack-errors.ts'

/** Whether people of another organisation read there (Slack Connect), or are invited to; rejects when Slack cannot be reached. */
export type IsShared = (channel: string) => Promise<boolean>

/** How long an answer of Slack holds, and one that Slack refused, ms. */
const kept = { answered: 600_000, refused: 60_000 } as const
const most = 1000
/** With one person, whom the rules for asking and approving know. */
const isDirect = /^[DUW]/

/**
 * What Slack refuses to tell counts as shared: text that has left cannot be taken back.
 * Fields: docs.slack.dev, "Conversation object", is_ext_shared and is_pending_ext_shared.
 */
export function createIsShared(
  client: Pick<WebClient, 'conversations'>,
  { sharedChannels, now, log }: Pick<SlackParts, 'sharedChannels' | 'now' | 'log'>,
): IsShared {
  const known = new Map<string, { readonly shared: boolean; readonly until: number }>()
  let said = false
  return async (channel) => {
    if (sharedChannels === 'whole' || isDirect.test(channel)) return false
    const at = now().getTime()
    const before = known.get(channel)
    if (before !== undefined && before.until > at) return before.shared
    const { shared, forMs } = await ask(channel)
    if (known.size >= most) known.clear()
    known.set(channel, { shared, until: at + forMs })
    return shared
  }

  async function ask(channel: string): Promise<{ readonly shared: boolean; readonly forMs: number }> {
    try {
      const { channel: seen } = await client.conversations.info({ channel })
      const shared = seen === undefined || seen.is_ext_shared === true || seen.is_pending_ext_shared === true
      return { shared, forMs: kept.answered }
    } catch (error) {
      const code = platformCode(error)
      if (code === null) throw error
      // A private channel that the app is not in: it cannot post there, only answer one person alone. It may be invited at any time.
      if (code === 'channel_not_found') return { shared: false, forMs: 0 }
      tell(code, channel)
      return { shared: true, forMs: kept.refused }
    }
  }

  function tell(code: string, channel: string): void {
    if (code !== 'missing_scope')
      return log.warn({ code, channel }, 'slack did not say whether a channel is shared, so it counts as shared')
    if (said) return
    said = true
    // Slack has not said which of them it is.
    log.error({ channel }, scopesWords(['channels:read', 'groups:read']))
  }
}

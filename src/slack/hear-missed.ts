import type { AlertMessages } from '../alerts/alert-messages.ts'
import type { SlackParts } from './parts.ts'
import { isBy } from './receive-alert-message.ts'
import { mayNotPost } from './slack-errors.ts'
import type { Web } from './web.ts'

/** How far back it is looked, ms: what fired earlier has been looked at by somebody, or fires again. */
const backMs = 15 * 60_000

interface MissedParts extends Pick<SlackParts, 'log' | 'now'> {
  readonly web: Pick<Web, 'newest' | 'botId' | 'team'>
  readonly alertMessages?: AlertMessages
}

/**
 * Reads what was posted lately where messages are alerts. Slack brings a message once, and a bot that died then, or was not there, has
 * missed it. What was heard before changes nothing; a channel that cannot be read is one whose alerts nobody hears.
 */
export async function hearMissed({ web, alertMessages, log, now }: MissedParts): Promise<void> {
  if (alertMessages === undefined || alertMessages.channels.length === 0) return
  const [own, team] = await Promise.all([web.botId(), web.team()])
  const oldest = ((now().getTime() - backMs) / 1000).toFixed(6)
  for (const channel of alertMessages.channels) {
    try {
      const posted = await web.newest(channel, oldest)
      for (const message of posted.filter((each) => !isBy(each, own))) await hear(alertMessages, channel, message, team)
    } catch (error) {
      const strange = mayNotPost(error)
      const why = strange
        ? 'the bot is no member of this channel of alerts.slack: /invite it'
        : 'alerts could not be read'
      log[strange ? 'error' : 'warn']({ channel, err: error }, why)
    }
  }
}

/** Those that start nothing were counted when they came. */
async function hear(alertMessages: AlertMessages, channel: string, message: unknown, team: string): Promise<void> {
  if (alertMessages.read(channel, message)?.kind === 'alert') await alertMessages.heard(channel, message, team)
}

import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '@slack/bolt'
import type { SlackParts } from './parts.ts'
import type { Web } from './web.ts'

/** Pauses before it is tried again, ms: Slack has been answered by then and sends the message no second time. */
const pauses = [1000, 3000, 9000]

/** Messages of channels, of which only the alerts of chosen bots start anything (alert-messages.ts). Bolt leaves out what this bot posts itself, and not its edits. */
export function receiveAlertMessages(
  app: App,
  { alertMessages, web, log }: Pick<SlackParts, 'alertMessages' | 'log'> & { readonly web: Pick<Web, 'team'> },
): void {
  if (alertMessages === undefined) return
  app.event('message', async ({ event, context }) => {
    // An edit is the same message again, perhaps with a further host, or resolved.
    const message: unknown = event.subtype === 'message_changed' ? event.message : event
    if (isBy(message, context.botId)) return
    for (const wait of [...pauses, null]) {
      try {
        return await alertMessages.heard(event.channel, message, await web.team())
      } catch (error) {
        if (wait === null) {
          log.error({ err: error, channel: event.channel }, 'an alert message could not be taken')
          return
        }
        await pause(wait)
      }
    }
  })
}

/** Whether this bot said it. */
export function isBy(message: unknown, botId: string | undefined): boolean {
  return (
    botId !== undefined &&
    message !== null &&
    typeof message === 'object' &&
    'bot_id' in message &&
    message.bot_id === botId
  )
}

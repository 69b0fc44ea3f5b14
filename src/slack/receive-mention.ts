import type { App } from '@slack/bolt'
import { readTyped } from '../../commands/read-line.ts'
import { ask, telling } from './ask.ts'
import type { AskParts, Asker } from './ask.ts'
import type { Message } from './messages/message.ts'
import type { Web } from './web.ts'

/** `@gatemedic diagnose web-1`, in a channel or inside a thread; answered in that thread. Slack is answered before this runs. */
export function receiveMentions(app: App, parts: AskParts & { readonly web: Web }): void {
  app.event('app_mention', async ({ event, body, context }) => {
    // A mention by another bot could be a loop of two.
    if (event.user === undefined || event.bot_id !== undefined) return
    const userId = event.user
    const threadTs = event.thread_ts ?? event.ts
    const tellHere = async (message: Message): Promise<void> => {
      await parts.web.post({ channel: event.channel, threadTs }, message, { threadId: parts.newId(), key: 'answer' })
    }
    const asker: Asker = {
      userId,
      channel: event.channel,
      threadTs,
      responseUrl: null,
      tellAlone: (message) => parts.web.tellAlone({ channel: event.channel, threadTs }, userId, message),
      // Asked inside a thread, the others there want to read it too.
      ...(event.thread_ts === undefined ? {} : { tellHere }),
    }
    await telling(parts, asker, async () => {
      if (await parts.seenBefore(`event:${body.event_id}`)) return
      await ask(parts, asker, readTyped(event.text, context.botUserId))
    })
  })
}

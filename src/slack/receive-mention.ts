import type { App } from '@slack/bolt'
import { readTyped } from '../../commands/read-line.ts'
import { ask, telling } from './ask.ts'
import type { AskParts, Asker } from './ask.ts'
import { diagnoseMessage } from './diagnose-message.ts'
import type { Message } from './messages/message.ts'
import { plainMessage } from './messages/replies.ts'
import type { Web } from './web.ts'

/** `@gatemedic diagnose web-1`, in a channel or inside a thread; answered in that thread. Slack is answered before this runs. */
export function receiveMentions(app: App, parts: AskParts & { readonly web: Web }): void {
  app.event('app_mention', async ({ event, body, context }) => {
    // A mention by another bot could be a loop of two.
    if (event.user === undefined || event.bot_id !== undefined) return
    const userId = event.user
    const threadTs = event.thread_ts ?? event.ts
    const tellHere = async (message: Message): Promise<void> => {
      if (await parts.web.isShared(event.channel)) return asker.tellAlone(message)
      await parts.web.post({ channel: event.channel, threadTs }, message, { threadId: parts.newId(), key: 'answer' })
    }
    const asker: Asker = {
      userId,
      channel: event.channel,
      threadTs,
      responseUrl: null,
      tellAlone: (message) => parts.web.tellAlone({ channel: event.channel, threadTs }, userId, message),
      // What somebody changes for all of them stands where all of them read.
      tellAll: tellHere,
      // Asked inside a thread, the others there want to read it too.
      ...(event.thread_ts === undefined ? {} : { tellHere }),
    }
    await telling(parts, asker, async () => {
      if (await parts.seenBefore(`event:${body.event_id}`)) return
      if (await isOutsider(parts.web, event.channel, userId)) return asker.tellAlone(plainMessage(notHere))
      const line = readTyped(event.text, context.botUserId)
      if (!isThis(line.words)) return ask(parts, asker, line)
      if (event.thread_ts === undefined) return asker.tellAlone(plainMessage(whichOne))
      return diagnoseMessage(parts, asker, await parts.web.threadRoot(event.channel, event.thread_ts))
    })
  })
}

/** Who reads along from another organisation, and guests there, learn no more than the channel does. */
async function isOutsider(web: Web, channel: string, userId: string): Promise<boolean> {
  return (await web.isShared(channel)) && (await web.whyNotApprove(userId)) !== null
}

const notHere =
  'This channel is shared with another organisation: only full members of the workspace of this app may ask here.'

const whichOne = 'Ask that in the thread of an alert, or name the host: diagnose web-1.'

/** "diagnose this": what the message names that the thread hangs on. */
function isThis(words: readonly string[]): boolean {
  return /^(?:diagnose )?this(?: alert)?$/i.test(words.join(' '))
}

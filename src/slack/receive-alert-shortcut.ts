import type { App, MessageShortcut } from '@slack/bolt'
import { telling } from './ask.ts'
import type { AskParts, Asker } from './ask.ts'
import { diagnoseMessage } from './diagnose-message.ts'
import { respondAlone } from './response-url.ts'

/** As manifest.yml has it. */
export const alertShortcut = 'diagnose_alert'

/** "Diagnose this alert" in the menu of a message: answered in that message's thread. */
export function receiveAlertShortcut(app: App, parts: AskParts): void {
  app.shortcut({ callback_id: alertShortcut, type: 'message_action' }, async ({ ack, shortcut }) => {
    await ack()
    const asker = askerOf(shortcut)
    await telling(parts, asker, async () => {
      if (await parts.seenBefore(`shortcut:${shortcut.trigger_id}`)) return
      await diagnoseMessage(parts, asker, shortcut.message)
    })
  })
}

function askerOf({ user, channel, message, message_ts: ts, response_url: responseUrl }: MessageShortcut): Asker {
  const threadTs: unknown = message['thread_ts']
  return {
    userId: user.id,
    channel: channel.id,
    threadTs: typeof threadTs === 'string' ? threadTs : ts,
    responseUrl,
    tellAlone: (answer) => respondAlone(responseUrl, answer),
  }
}

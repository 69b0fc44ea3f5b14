import type { App } from '@slack/bolt'
import { readTyped } from '../../commands/read-line.ts'
import { ask, telling } from './ask.ts'
import type { AskParts, Asker } from './ask.ts'
import { explainWindow } from './messages/explain-window.ts'
import { respondAlone, respondToAll } from './response-url.ts'
import type { Web } from './web.ts'

/** Every slash command that Slack sends: acknowledged at once and without a text, answered afterwards. */
export function receiveCommands(app: App, parts: AskParts & { readonly web: Web }): void {
  app.command(/.*/, async ({ ack, command }) => {
    await ack()
    const asker: Asker = {
      userId: command.user_id,
      channel: command.channel_id,
      threadTs: null,
      responseUrl: command.response_url,
      tellAlone: (message) => respondAlone(command.response_url, message),
      tellAll: async (message) => {
        const shared = await parts.web.isShared(command.channel_id).catch(() => true)
        await (shared ? respondAlone : respondToAll)(command.response_url, message)
      },
      openPaste: () => parts.web.openView(command.trigger_id, explainWindow()),
    }
    await telling(parts, asker, async () => {
      if (await parts.seenBefore(`command:${command.trigger_id}`)) return
      await ask(parts, asker, readTyped(command.text))
    })
  })
}

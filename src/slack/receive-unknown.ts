import type { App } from '@slack/bolt'
import type { SlackParts } from './parts.ts'
import { respondAlone } from './response-url.ts'
import { alertShortcut } from './receive-alert-shortcut.ts'
import { plainMessage } from './messages/replies.ts'
import type { Web } from './web.ts'

const unknown = 'I do not know this shortcut. Type /nginx help to see what I understand.'

/**
 * Interactions that this bot never offered: an old version of the app, or somebody else's manifest. Slack shows an error
 * to the person when nobody acknowledges, so they are acknowledged and answered.
 */
export function receiveUnknown(app: App, { web, log }: { readonly web: Web; readonly log: SlackParts['log'] }): void {
  app.shortcut(new RegExp(`^(?!${alertShortcut}$)`), async ({ ack, shortcut }) => {
    await ack()
    log.warn({ callbackId: shortcut.callback_id }, 'unknown shortcut')
    if (shortcut.type === 'message_action') await respondAlone(shortcut.response_url, plainMessage(unknown))
    else await web.openWindow(shortcut.trigger_id, unknown)
  })
  app.view({ callback_id: /.*/s, type: 'view_closed' }, async ({ ack }) => {
    await ack()
  })
  app.options(/.*/s, async ({ ack }) => {
    await ack({ options: [] })
  })
}

import type { App } from '@slack/bolt'
import { readTyped } from '../../commands/read-line.ts'
import { ask, telling } from './ask.ts'
import type { Asker } from './ask.ts'
import { readInteraction } from './interaction.ts'
import type { Interaction } from './interaction.ts'
import { isFeedback, pressFeedback } from './feedback.ts'
import { pressRecord } from './incident.ts'
import { explainWindow } from './messages/explain-window.ts'
import { feedbackIds } from './messages/feedback.ts'
import type { Message } from './messages/message.ts'
import { actionIds } from './messages/offer.ts'
import { plainMessage } from './messages/replies.ts'
import { windowFor } from './paste.ts'
import { press, type PressParts, wishAlone } from './press.ts'
import { pressTogether } from './press-together.ts'
import { respondAlone } from './response-url.ts'
import { pressReviewed } from './press-reviewed.ts'

type ActionParts = PressParts

/** Every interaction with a block. Bolt calls all listeners that match, so that one listener takes them all. */
export function receiveActions(app: App, parts: ActionParts): void {
  app.action(/.*/s, async ({ ack, body }) => {
    await ack()
    const interaction = readInteraction(body)
    if (interaction === null) return
    const asker = askerOf(interaction, parts)
    await telling(parts, asker, async () => {
      const { triggerId, actionId, actionTs } = interaction
      if (await parts.seenBefore(`interaction:${triggerId}:${actionId}:${actionTs}`)) return
      await act(parts, asker, interaction)
    })
  })
}

async function act(parts: ActionParts, asker: Asker, interaction: Interaction): Promise<void> {
  const { channel } = interaction
  if (channel !== null && !asksAgain(interaction) && (await parts.web.isShared(channel)))
    return asker.tellAlone(plainMessage(pressedOutside))
  if (interaction.actionId === actionIds.approve) return press(parts, asker, interaction)
  if (interaction.actionId === actionIds.approveAll) return pressTogether(parts, asker, interaction)
  if (interaction.actionId === actionIds.goAlone) return wishAlone(parts, asker, interaction)
  if (interaction.actionId === actionIds.reviewed) return pressReviewed(parts, asker, interaction)
  if (interaction.actionId === actionIds.pasteOutput) return openPasteWindow(parts, asker, interaction)
  if (asksAgain(interaction)) return ask(parts, asker, readTyped(interaction.value))
  if (isFeedback(interaction)) return pressFeedback(parts, asker, interaction)
  if (interaction.actionId === feedbackIds.record) return pressRecord(parts, asker, interaction)
  return asker.tellAlone(plainMessage('I do not know this button any more. Type /nginx help to see what I understand.'))
}

const pressedOutside =
  'This channel is shared with another organisation, so nothing was done. Diagnose the host in a channel of your own and press there.'

/** Asks what anybody may type there, and gets what is meant for the channel. */
function asksAgain({ actionId }: Interaction): boolean {
  return actionId === actionIds.checkAgain || actionId.startsWith(`${actionIds.suggestion}:`)
}

async function openPasteWindow({ web }: ActionParts, asker: Asker, interaction: Interaction): Promise<void> {
  const view = windowFor(interaction)
  if (view === null)
    return asker.tellAlone(plainMessage('I do not know this button any more. Diagnose the host again.'))
  return web.openView(interaction.triggerId, view)
}

function askerOf(interaction: Interaction, { web }: ActionParts): Asker {
  const { userId, channel, responseUrl, threadTs, triggerId } = interaction
  return {
    userId,
    channel: channel ?? userId,
    threadTs,
    responseUrl,
    openPaste: () => web.openView(triggerId, explainWindow()),
    tellAlone: (message: Message) => {
      if (responseUrl !== null) return respondAlone(responseUrl, message)
      if (channel === null) return web.openWindow(triggerId, message.text)
      return web.tellAlone(threadTs === null ? { channel } : { channel, threadTs }, userId, message)
    },
  }
}

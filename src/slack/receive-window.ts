import type { App } from '@slack/bolt'
import { explainPasted } from '../../commands/explain.ts'
import { telling, type Asker } from './ask.ts'
import { feedbackRowOf, type Fields, takeFromWindow } from './feedback.ts'
import { explainedWindow, explainWindowId } from './messages/explain-window.ts'
import { feedbackWindowId } from './messages/feedback-window.ts'
import { pasteWindowId } from './messages/paste-window.ts'
import { windowField } from './messages/window.ts'
import { type PastePlace, placeOf, takePasted } from './paste.ts'
import type { PressParts } from './press.ts'
import { isApprovalWindow, receiveApprovalWindow } from './receive-approval-window.ts'

type WindowParts = PressParts

/** Every window that a person submits. One listener takes them all: Bolt calls each that matches, and an acknowledgement is given once. */
export function receiveWindows(app: App, parts: WindowParts): void {
  app.view({ callback_id: /.*/s, type: 'view_submission' }, async ({ ack, view, body }) => {
    if (isApprovalWindow(view)) {
      const by = { userId: body.user.id, triggerId: 'trigger_id' in body ? body.trigger_id : '' }
      return receiveApprovalWindow(parts, view, by, async (answer) => ack(answer))
    }
    const texts = pastedTexts(view)
    if (view.callback_id === explainWindowId) {
      // Explaining asks nobody, so that the answer fits into the acknowledgement.
      await ack({ response_action: 'update', view: explainedWindow(explainPasted(texts[0] ?? '')) })
      return
    }
    await ack()
    if (view.callback_id === feedbackWindowId) return receiveFeedback(parts, view, body.user.id)
    const place = view.callback_id === pasteWindowId ? placeOf(view.private_metadata) : null
    if (place === null) return parts.log.warn({ callbackId: view.callback_id }, 'unknown window')
    const asker = askerOf(parts, body.user.id, place)
    await telling(parts, asker, async () => {
      if (await parts.seenBefore(`window:${view.id}`)) return
      await takePasted(parts, asker, place, texts)
    })
  })
}

/** What it was instead, as somebody says it. */
async function receiveFeedback(parts: WindowParts, view: FeedbackView, userId: string): Promise<void> {
  const row = feedbackRowOf(view.private_metadata)
  if (row === null) return parts.log.warn({ callbackId: feedbackWindowId }, 'unknown window')
  const asker = askerOf(parts, userId, row)
  await telling(parts, asker, async () => {
    if (await parts.seenBefore(`window:${view.id}`)) return
    await takeFromWindow(parts, asker, row, view.state.values)
  })
}

interface FeedbackView {
  readonly id: string
  readonly private_metadata: string
  readonly state: { readonly values: Fields }
}

function askerOf(
  { web }: WindowParts,
  userId: string,
  { channel, threadTs }: Pick<PastePlace, 'channel' | 'threadTs'>,
): Asker {
  return {
    userId,
    channel,
    threadTs,
    responseUrl: null,
    tellAlone: (message) => web.tellAlone(threadTs === null ? { channel } : { channel, threadTs }, userId, message),
  }
}

interface Submitted {
  readonly state: {
    readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null }>>>>
  }
}

/** The texts of its fields, in the order of the window. */
function pastedTexts({ state }: Submitted): readonly string[] {
  const { block, action } = windowField
  return [block, `${block}-2`, `${block}-3`].map((id) => state.values[id]?.[action]?.value ?? '')
}

import type { Asker } from './ask.ts'
import { telling } from './ask.ts'
import { aloneWindowId, approvalField, codeWindowId, shortestReason } from './messages/approval-window.ts'
import { approvalPlaceOf, type ApprovalPlace } from './open-approval-window.ts'
import { pressFromWindow, type PressParts } from './press.ts'

export interface SubmittedWindow {
  readonly id: string
  readonly callback_id: string
  readonly private_metadata: string
  readonly state: {
    readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null }>>>>
  }
}

/** What is answered to the window itself: nothing closes it, complaints are shown below their fields. */
export type WindowAnswer = undefined | { readonly response_action: 'errors'; readonly errors: Record<string, string> }

export function isApprovalWindow({ callback_id: id }: Pick<SubmittedWindow, 'callback_id'>): boolean {
  return id === codeWindowId || id === aloneWindowId
}

/**
 * A submitted window that approves something. What is wrong with it is said below the field, and the window stays; a code is used up
 * before the press, so that no second press can ride on it.
 */
export async function receiveApprovalWindow(
  parts: PressParts,
  view: SubmittedWindow,
  { userId, triggerId }: { readonly userId: string; readonly triggerId: string },
  ack: (answer?: WindowAnswer) => Promise<void>,
): Promise<void> {
  const place = approvalPlaceOf(view.private_metadata)
  if (place === null) {
    await ack()
    return parts.log.warn({ callbackId: view.callback_id }, 'unknown window')
  }
  const asker = askerOf(parts, userId, place)
  await telling(parts, asker, async () => {
    const errors = await complaints(parts, view, place, userId, triggerId)
    if (errors === 'seen') return ack()
    if (errors !== null) return ack({ response_action: 'errors', errors })
    await ack()
    const alone = view.callback_id === aloneWindowId
    await pressFromWindow(parts, asker, place.proposal, {
      how: alone ? 'break-glass' : 'click',
      reason: alone ? fieldOf(view, approvalField.reason) : null,
      secondFactor: place.code,
    })
  })
}

/** What is wrong with what was typed, by field; null: nothing. Asked before Slack is answered, so it must be quick. */
async function complaints(
  { log, secondFactor, seenBefore }: PressParts,
  view: SubmittedWindow,
  { code }: ApprovalPlace,
  userId: string,
  triggerId: string,
): Promise<Record<string, string> | 'seen' | null> {
  const alone = view.callback_id === aloneWindowId
  if (alone && fieldOf(view, approvalField.reason).length < shortestReason)
    return { [approvalField.reason]: `Write ${shortestReason} characters or more that somebody can review.` }
  try {
    // A delivery that is repeated must not use up a code; a second try in the same window has another trigger.
    if (await seenBefore(`window:${view.id}:${triggerId}`)) return 'seen'
    const checked = code ? await secondFactor.check(userId, fieldOf(view, approvalField.code)) : ({ ok: true } as const)
    return checked.ok ? null : { [approvalField.code]: checked.because }
  } catch (error) {
    log.error({ err: error }, 'a window could not be checked')
    const field = code ? approvalField.code : approvalField.reason
    return { [field]: 'This could not be checked just now, so nothing was approved. Try again in a minute.' }
  }
}

function fieldOf({ state }: SubmittedWindow, block: string): string {
  return (state.values[block]?.[approvalField.action]?.value ?? '').trim()
}

function askerOf({ web }: PressParts, userId: string, { channel, threadTs }: ApprovalPlace): Asker {
  const at = channel ?? userId
  return {
    userId,
    channel: at,
    threadTs,
    responseUrl: null,
    tellAlone: (message) =>
      web.tellAlone(threadTs === null ? { channel: at } : { channel: at, threadTs }, userId, message),
  }
}

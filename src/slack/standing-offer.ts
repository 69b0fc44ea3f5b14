import type { KnownBlock } from '@slack/types'
import type { Thread } from '../jobs/thread.ts'
import { fit } from './messages/fit.ts'
import type { Message } from './messages/message.ts'
import { withOffer } from './messages/offer-states.ts'
import { platformCode } from './slack-errors.ts'
import { edit } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

/** Remembered when an action has begun: what people did about its offer before must not be drawn over it. */
export function begunKey(proposalId: string): string {
  return `begun-${proposalId}`
}

/** Remembered when an action has ended: a press that is still being answered must not draw "Starting…" over the end. */
export function settledKey(proposalId: string): string {
  return `settled-${proposalId}`
}

export function isBegun({ posted }: Pick<Thread, 'posted'>, proposalId: string): boolean {
  return posted[begunKey(proposalId)] !== undefined || posted[settledKey(proposalId)] !== undefined
}

/** Key of the reply that shows one of several offers of a thread: of a proposal, or of a run over several hosts. Its value may be the key of a reply that shows more than the offer. */
export function offerKey(id: string): string {
  return `offer-${id}`
}

/** Puts blocks in the place of the button; the rest of the message stays as Slack keeps it. `id`: of the proposal or run. */
export async function replaceOffer(
  parts: Pick<DeliverParts, 'web' | 'log'>,
  thread: Pick<PlacedThread, 'channel' | 'threadTs' | 'posted' | 'fleet'>,
  id: string,
  offer: readonly KnownBlock[],
): Promise<void> {
  // In the thread of a fleet each offer has a message of its own, and what has none is part of a run.
  const key = thread.posted[offerKey(id)] ?? (thread.fleet === undefined ? thread.posted['verdict'] : undefined)
  if (key === undefined) return
  const ts = thread.posted[key] ?? key
  const standing = await standingMessage(parts, thread, ts)
  if (standing === null) return
  await edit(parts, thread.channel, ts, fit({ text: standing.text, blocks: withOffer(standing.blocks, offer) }))
}

/** The message as it is now; null where it is gone or Slack does not let us read it. The end of the action is told in any case. */
export async function standingMessage(
  { web, log }: Pick<DeliverParts, 'web' | 'log'>,
  thread: Pick<PlacedThread, 'channel' | 'threadTs'>,
  ts: string,
): Promise<Message | null> {
  try {
    return await web.message(thread.channel, thread.threadTs, ts)
  } catch (error) {
    if (platformCode(error) === null) throw error
    log.warn({ err: error }, 'the message with the button cannot be read, it keeps its button')
    return null
  }
}

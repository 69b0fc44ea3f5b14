import type { ThreadUpdate } from '../jobs/post.ts'
import { askedBlocks, askedReply } from './messages/asked.ts'
import { aloneOfferMessage, wentAloneReply } from './messages/going-alone.ts'
import { lapsedBlocks } from './messages/offer-states.ts'
import { namesOf } from './names.ts'
import { platformCode } from './slack-errors.ts'
import { isBegun, replaceOffer } from './standing-offer.ts'
import { reply } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

export type ApprovalUpdate = Extract<
  ThreadUpdate,
  { kind: 'approval-asked' | 'approval-lapsed' | 'alone-offered' | 'went-alone' }
>

/** What people do about an offer before it runs, in its thread: who has pressed stands in the place of the button, and whoever is called is called once. */
export async function deliverApproval(
  parts: DeliverParts,
  thread: PlacedThread,
  update: ApprovalUpdate,
): Promise<void> {
  const { proposal } = update
  switch (update.kind) {
    case 'approval-asked':
      return deliverAsked(parts, thread, update)
    case 'approval-lapsed': {
      const why = proposal.state.kind === 'superseded' ? 'superseded' : 'expired'
      return parts.inTurn(proposal.id, () =>
        replaceOffer(parts, thread, proposal.id, lapsedBlocks(proposal, why, { asked: true })),
      )
    }
    case 'alone-offered':
      return offerAlone(parts, thread, update)
    case 'went-alone': {
      const name = await parts.nameOf(update.review.by)
      return reply(parts, thread, `alone-${proposal.id}`, wentAloneReply(update.review, name))
    }
  }
}

async function deliverAsked(
  parts: DeliverParts,
  thread: PlacedThread,
  { proposal, ask }: Extract<ApprovalUpdate, { kind: 'approval-asked' }>,
): Promise<void> {
  const { state } = proposal
  if (state.kind !== 'asked') return
  const pressed = state.presses.length === 0 ? [state.by] : state.presses.map(({ by }) => by)
  const asked = { proposal, asked: state, names: await namesOf(parts.nameOf, pressed) }
  await parts.inTurn(proposal.id, async () => {
    // A second press may have made it run before this was brought.
    const now = (await parts.threads.find(thread.id)) ?? thread
    if (!isBegun(now, proposal.id)) await replaceOffer(parts, thread, proposal.id, askedBlocks(asked))
  })
  // Others who joined the same diagnosis see it in their own thread; people are called in one.
  if (thread.id !== proposal.threadId) return
  await reply(parts, thread, `asked-${proposal.id}-${state.contacted}`, askedReply(asked, ask))
}

/** Seen by this person alone; where Slack shows him nothing (he is not in the channel), he finds the same by pressing again. */
async function offerAlone(
  { log, threads, web }: DeliverParts,
  thread: PlacedThread,
  { proposal, to }: Extract<ApprovalUpdate, { kind: 'alone-offered' }>,
): Promise<void> {
  const key = `alone-offered-${proposal.id}`
  if (thread.id !== proposal.threadId || thread.posted[key] !== undefined) return
  try {
    await web.tellAlone({ channel: thread.channel, threadTs: thread.threadTs }, to, aloneOfferMessage(proposal))
  } catch (error) {
    if (platformCode(error) === null) throw error
    log.warn({ err: error, userId: to }, 'the requester could not be shown how to go on alone')
  }
  await threads.remember(thread.id, key, 'yes')
}

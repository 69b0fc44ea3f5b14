import { edit, editRoot, mentionOf, reply } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'
import { watchBlock, watchedBlock } from './messages/after-action.ts'
import { fit } from './messages/fit.ts'
import { relapseMessage, rootRelapse, type Watched, watchedLine } from './messages/watched.ts'
import { standingMessage } from './standing-offer.ts'

/** The look at a cured host some time later: in place when it is still well, as a new message when it came back. */
export async function deliverWatched(parts: DeliverParts, thread: PlacedThread, update: Watched): Promise<void> {
  const { proposal, outcome } = update
  await inPlace(parts, thread, update)
  if (outcome.kind !== 'still-failing') return
  if (thread.fleet === undefined) await editRoot(parts, thread, rootRelapse(update))
  const by = 'by' in proposal.state && typeof proposal.state.by !== 'string' ? proposal.state.by.at(-1) : null
  return reply(parts, thread, `relapse-${proposal.id}`, relapseMessage(update, mentionOf(thread) ?? by ?? null))
}

async function inPlace(parts: DeliverParts, thread: PlacedThread, update: Watched): Promise<void> {
  const ts = thread.posted[`ended-${update.proposal.id}`]
  const standing = ts === undefined ? null : await standingMessage(parts, thread, ts)
  if (ts === undefined || standing === null) return
  const blocks = standing.blocks.map((block) =>
    block.block_id === watchBlock ? watchedBlock(watchedLine(update)) : block,
  )
  await edit(parts, thread.channel, ts, fit({ text: standing.text, blocks }))
}

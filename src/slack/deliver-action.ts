import type { ThreadUpdate } from '../jobs/post.ts'
import type { ProposalState } from '../approval/proposal.ts'
import { namesOf } from './names.ts'
import { platformCode } from './slack-errors.ts'
import { edit, editRoot, mentionOf, reply, settledKey } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'
import { endedMessage, rootEnded } from './messages/action-ended.ts'
import { fit } from './messages/fit.ts'
import { endedBlocks, runningBlocks, withOffer } from './messages/offer-states.ts'
import type { Message } from './messages/message.ts'
import type { PressedBy } from './messages/offer-states.ts'
import type { KnownBlock } from '@slack/types'

type ActionUpdate = Extract<ThreadUpdate, { kind: 'action-started' | 'action-ended' }>

/** An approved action in its thread: the button gives way to who and when, then to how it ended; the end is one new message. */
export async function deliverAction(parts: DeliverParts, thread: PlacedThread, update: ActionUpdate): Promise<void> {
  const { proposal } = update
  const by = await pressedBy(parts, proposal.state)
  if (update.kind === 'action-started') {
    return replaceOffer(
      parts,
      thread,
      runningBlocks(proposal, by ?? { name: 'an approver', at: parts.now().toISOString() }),
    )
  }
  const { outcome, diagnosis } = update
  await parts.threads.remember(thread.id, settledKey(proposal.id), 'yes')
  await parts.inTurn(proposal.id, () => replaceOffer(parts, thread, endedBlocks(proposal, outcome, by)))
  await editRoot(parts, thread, rootEnded(proposal, outcome, by, diagnosis?.collectedAt ?? null))
  const mention = mentionOf(thread) ?? approvers(proposal.state).at(-1) ?? null
  return reply(parts, thread, `ended-${proposal.id}`, endedMessage(proposal, outcome, diagnosis, mention))
}

/** Puts blocks in the place of the button; the rest of the message stays as Slack keeps it. */
async function replaceOffer(parts: DeliverParts, thread: PlacedThread, offer: readonly KnownBlock[]): Promise<void> {
  const ts = thread.posted['verdict']
  if (ts === undefined) return
  const standing = await standingMessage(parts, thread, ts)
  if (standing === null) return
  await edit(parts, thread.channel, ts, fit({ text: standing.text, blocks: withOffer(standing.blocks, offer) }))
}

/** The message as it is now; null where it is gone or Slack does not let us read it. The end of the action is told in any case. */
async function standingMessage({ web, log }: DeliverParts, thread: PlacedThread, ts: string): Promise<Message | null> {
  try {
    return await web.message(thread.channel, thread.threadTs, ts)
  } catch (error) {
    if (platformCode(error) === null) throw error
    log.warn({ err: error }, 'the message with the button cannot be read, it keeps its button')
    return null
  }
}

async function pressedBy({ nameOf }: Pick<DeliverParts, 'nameOf'>, state: ProposalState): Promise<PressedBy | null> {
  const by = approvers(state)
  return by.length === 0 || !('by' in state) ? null : { name: await namesOf(nameOf, by), at: state.at }
}

function approvers(state: ProposalState): readonly string[] {
  return 'by' in state && state.kind !== 'asked' ? state.by : []
}

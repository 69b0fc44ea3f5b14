import type { ThreadUpdate } from '../jobs/post.ts'
import type { ProposalState } from '../approval/proposal.ts'
import { namesOf } from './names.ts'
import { begunKey, replaceOffer, settledKey } from './standing-offer.ts'
import { editRoot, mentionOf, reply } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'
import { endedMessage, rootEnded } from './messages/action-ended.ts'
import { endedBlocks, runningBlocks } from './messages/offer-states.ts'
import type { PressedBy } from './messages/offer-states.ts'

type ActionUpdate = Extract<ThreadUpdate, { kind: 'action-started' | 'action-ended' }>

/** An approved action in its thread: the button gives way to who and when, then to how it ended; the end is one new message. */
export async function deliverAction(parts: DeliverParts, thread: PlacedThread, update: ActionUpdate): Promise<void> {
  const { proposal } = update
  const by = await pressedBy(parts, proposal.state)
  if (update.kind === 'action-started') {
    await parts.threads.remember(thread.id, begunKey(proposal.id), 'yes')
    const running = runningBlocks(proposal, by ?? { name: 'an approver', at: parts.now().toISOString() })
    return parts.inTurn(proposal.id, () => replaceOffer(parts, thread, proposal.id, running))
  }
  const { outcome, diagnosis, answers = [], watchSeconds = null } = update
  const after = { answers, watchSeconds }
  await parts.threads.remember(thread.id, settledKey(proposal.id), 'yes')
  await parts.inTurn(proposal.id, () => replaceOffer(parts, thread, proposal.id, endedBlocks(proposal, outcome, by)))
  if (thread.fleet === undefined)
    await editRoot(parts, thread, rootEnded(proposal, outcome, by, diagnosis?.collectedAt ?? null))
  const mention = mentionOf(thread) ?? approvers(proposal.state).at(-1) ?? null
  return reply(parts, thread, `ended-${proposal.id}`, endedMessage(proposal, outcome, diagnosis, mention, after))
}

async function pressedBy({ nameOf }: Pick<DeliverParts, 'nameOf'>, state: ProposalState): Promise<PressedBy | null> {
  const by = approvers(state)
  return by.length === 0 || !('by' in state) ? null : { name: await namesOf(nameOf, by), at: state.at }
}

function approvers(state: ProposalState): readonly string[] {
  return 'by' in state && state.kind !== 'asked' ? state.by : []
}

import type { Proposal } from '../approval/proposal.ts'
import { memberOf } from '../fleet/member-of.ts'
import type { FleetMember } from '../fleet/member.ts'
import type { ActionOutcome, ThreadUpdate } from '../jobs/post.ts'
import { deliverAction } from './deliver-action.ts'
import { deliverWatched } from './deliver-watched.ts'
import { doingOf, titleOf } from './messages/action-words.ts'
import { outcomeWords } from './messages/fleet-run-states.ts'
import { offerKey } from './standing-offer.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

type FleetActionUpdate = Extract<ThreadUpdate, { kind: 'action-started' | 'action-ended' | 'action-watched' }>

/**
 * An action on one host in the thread of many: the root shows how the host is after it. What has a message of its own is told there; a
 * part of a run is told by the run.
 */
export async function deliverFleetAction(
  parts: DeliverParts,
  thread: PlacedThread,
  update: FleetActionUpdate,
): Promise<void> {
  const { proposal } = update
  if (update.kind !== 'action-started' && update.diagnosis !== null)
    await parts.fleets.answered(thread.id, memberOf(update.diagnosis, null), parts.now())
  if (update.kind === 'action-watched') return deliverWatched(parts, thread, update)
  if (thread.posted[offerKey(proposal.id)] === undefined) return
  const line = update.kind === 'action-started' ? doingOf(proposal) : endedLine(proposal, update.outcome)
  await parts.fleets.doing(thread.id, line)
  await deliverAction(parts, thread, update)
  if (update.kind === 'action-ended' && update.outcome.kind === 'resolved') await lookAtOthers(parts, thread, proposal)
}

function endedLine(proposal: Proposal, { kind }: ActionOutcome): string {
  return `${titleOf(proposal)}: ${outcomeWords[kind]}`
}

/** A backend that several hosts share was mended: those that asked for the same are asked again, for nobody has seen yet that they are well. */
async function lookAtOthers(parts: DeliverParts, thread: PlacedThread, done: Proposal): Promise<void> {
  const key = `others-of-${done.id}`
  if (thread.posted[key] !== undefined) return
  const fleet = await parts.fleets.find(thread.id)
  const hosts = (fleet?.hosts ?? []).filter(({ host, member }) => host !== done.diagnosed && asksFor(member, done))
  if (fleet === null || hosts.length === 0) return
  const { id: threadId, requester } = thread
  await parts.desk.diagnoseAll({ threadId, title: fleet.title, hosts: hosts.map(({ host }) => host), requester })
  await parts.threads.remember(threadId, key, 'yes')
}

function asksFor(member: FleetMember | null, { host, action, target }: Proposal): boolean {
  const offered = member?.proposal
  return offered?.host === host && offered.action === action && offered.target === target
}

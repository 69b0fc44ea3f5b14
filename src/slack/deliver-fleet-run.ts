import type { FleetRun } from '../approval/fleet-run.ts'
import type { ThreadUpdate } from '../jobs/post.ts'
import { runBlocks, runLine } from './messages/fleet-run-states.ts'
import { runAskedReply, runEndedMessage } from './messages/fleet-run-replies.ts'
import { type NameOf, namesOf } from './names.ts'
import { keyOfOffer } from './offer-fleet.ts'
import { replaceOffer } from './standing-offer.ts'
import { type DeliverParts, type PlacedThread, reply } from './thread-posts.ts'

/** An action on several hosts in its thread: how each of them stands is drawn in the place of the button, its end is one new message. */
export async function deliverFleetRun(
  parts: DeliverParts,
  thread: PlacedThread,
  { run, ask }: Extract<ThreadUpdate, { kind: 'fleet-run' }>,
): Promise<void> {
  const names = await namesOfRun(parts.nameOf, run)
  if (run.state.kind === 'going' || run.state.kind === 'ended') await parts.fleets.doing(thread.id, runLine(run))
  await parts.inTurn(run.id, () => replaceOffer(parts, thread, run.id, runBlocks(run, names)))
  if (run.state.kind === 'asked')
    await reply(parts, thread, `run-asked-${run.id}-${run.state.contacted}`, runAskedReply(run, names, ask))
  if (run.state.kind === 'ended') await tellEnd(parts, thread, run)
}

export function namesOfRun(nameOf: NameOf, { presses, state }: FleetRun): Promise<string> {
  const by = presses.length === 0 && state.kind === 'asked' ? [state.by] : presses.map((press) => press.by)
  return namesOf(nameOf, by)
}

/** What a stop has left is offered again, for a press of its own. */
async function tellEnd(parts: DeliverParts, thread: PlacedThread, run: FleetRun): Promise<void> {
  const key = `run-ended-${run.id}`
  if (thread.posted[key] !== undefined || run.state.kind !== 'ended') return
  const left = run.members.filter(({ state }) => state.kind === 'waiting' || state.kind === 'left')
  const ids = run.state.stop === null ? [] : left.map(({ proposal }) => proposal)
  const rest = ids.length === 0 ? [] : await parts.desk.offerTogether(thread.id, ids, run.id)
  // Before it is posted: a bot that dies in between must not leave a button that nobody draws over.
  for (const offer of rest) await parts.threads.remember(thread.id, keyOfOffer(offer), key)
  await reply(parts, thread, key, runEndedMessage(run, rest, run.presses.at(-1)?.by ?? null))
}

import type { FleetOffer } from '../jobs/desk.ts'
import { oneMessage, severalMessage } from './messages/fleet-offer.ts'
import { offerKey } from './standing-offer.ts'
import { type DeliverParts, type PlacedThread, reply } from './thread-posts.ts'

/** The offers that came with the answers of several hosts: a reply and a button for each action, said once. */
export async function offerFleet(
  parts: DeliverParts,
  thread: PlacedThread,
  proposalIds: readonly string[],
): Promise<void> {
  if (proposalIds.length === 0) return
  for (const offer of await parts.desk.offerTogether(thread.id, proposalIds)) {
    const message =
      offer.kind === 'one' ? oneMessage(offer.proposal, offer.diagnosed) : severalMessage(offer.run, offer.proposals)
    await reply(parts, thread, keyOfOffer(offer), message)
  }
}

export function keyOfOffer(offer: FleetOffer): string {
  return offerKey(offer.kind === 'one' ? offer.proposal.id : offer.run.id)
}

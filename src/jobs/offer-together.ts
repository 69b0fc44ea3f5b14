import { runOf, together } from '../approval/fleet-offers.ts'
import { ForgedProposalError, type Found } from '../approval/proposal-store.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { FleetOffer } from './desk.ts'

type OfferParts = Pick<DeskParts, 'actionsAtOnce' | 'note' | 'now' | 'proposals' | 'runs'>

/** What is still open of the offers of a fleet. A run is kept before its button is shown; it says what the button is about and permits nothing. */
export async function offerTogether(
  parts: OfferParts,
  threadId: string,
  proposalIds: readonly string[],
  after: string | null = null,
): Promise<readonly FleetOffer[]> {
  const found = await Promise.all([...new Set(proposalIds)].map((id) => findGenuine(parts, id)))
  const offers: FleetOffer[] = []
  for (const each of together(found.flat(), parts.now())) {
    if (each.kind === 'one') {
      offers.push({ kind: 'one', proposal: each.offer.proposal, diagnosed: each.diagnosed })
      continue
    }
    const run = runOf(each.offers, { threadId, after, atOnce: parts.actionsAtOnce }, parts.now())
    const proposals = each.offers.map(({ proposal }) => proposal)
    if (run !== null) offers.push({ kind: 'several', run: await parts.runs.create(run), proposals })
  }
  return offers
}

async function findGenuine({ note, proposals }: OfferParts, id: string): Promise<readonly Found[]> {
  try {
    const found = await proposals.find(id)
    return found === null ? [] : [found]
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await note({ what: 'proposal', about: id, proposal: null, by: null, because: error.message })
    return []
  }
}

import { type FleetAnswer, fleetAnswer } from '../fleet/answer.ts'
import type { Fleet, FleetHost, FleetStore } from '../jobs/fleet.ts'

/**
 * The round whose details are to be told now, or null. One that was closed goes first: whoever died over it has told a part, and
 * hosts that were asked for since belong to the next. From closing on whoever is asked belongs to another round.
 */
export async function roundToTell(fleet: Fleet, fleets: Pick<FleetStore, 'close'>): Promise<number | null> {
  if (fleet.closed > fleet.told) return fleet.closed
  if (fleet.told >= fleet.round || fleet.hosts.some(({ member }) => member === null)) return null
  return (await fleets.close(fleet)) ? fleet.round : null
}

/** What all hosts have answered that were asked for up to this round. */
export function answerUpTo({ title, hosts }: Fleet, round: number): FleetAnswer {
  return fleetAnswer(
    title,
    hosts.filter((each) => each.round <= round && each.member !== null),
  )
}

/** Only hosts that were asked since the round that was told last have something new to say; later on one that is well says it by the count alone. */
export function newsOf(fleet: Fleet, round: number): FleetAnswer {
  const asked = askedIn(fleet, round)
  return fleetAnswer(fleet.title, round === 1 ? asked : asked.filter(({ member }) => member?.verdict !== 'healthy'))
}

/** Ids of the offers that came with these answers. */
export function offeredIn(fleet: Fleet, round: number): readonly string[] {
  return askedIn(fleet, round).flatMap(({ member }) => (member?.proposal ? [member.proposal.id] : []))
}

/** Who is asked anew meanwhile tells it with the next round. */
function askedIn({ hosts, told }: Fleet, round: number): readonly FleetHost[] {
  return hosts.filter((each) => each.round > told && each.round <= round && each.member !== null)
}

import { byName, type Group, groupMembers } from './group.ts'
import type { FleetMember } from './member.ts'
import { type SharedTrouble, sharedTroubles } from './shared-trouble.ts'

/** What several hosts answer together, so far. */
export interface FleetAnswer {
  readonly title: string
  /** Hosts that were asked for. */
  readonly total: number
  /** Hosts that have not answered, by name. */
  readonly waiting: readonly string[]
  /** The biggest trouble first. */
  readonly groups: readonly Group[]
  /** Where several of them fail together; said before all else. */
  readonly shared: readonly SharedTrouble[]
}

export function fleetAnswer(
  title: string,
  hosts: readonly { readonly host: string; readonly member: FleetMember | null }[],
): FleetAnswer {
  const members = hosts.flatMap(({ member }) => (member === null ? [] : [member]))
  return {
    title,
    total: hosts.length,
    waiting: hosts
      .filter(({ member }) => member === null)
      .map(({ host }) => host)
      .toSorted(byName),
    groups: groupMembers(members),
    shared: sharedTroubles(members),
  }
}

/** Hosts of groups of these kinds. */
export function countOf({ groups }: FleetAnswer, kind: Group['kind']): number {
  return groups.filter((group) => group.kind === kind).reduce((sum, { members }) => sum + members.length, 0)
}

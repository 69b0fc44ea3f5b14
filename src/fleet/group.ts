import type { CauseId } from '../diagnosis/cause.ts'
import type { Confidence } from '../diagnosis/diagnosis.ts'
import type { FleetMember } from './member.ts'
import { keyOf, type Place, placeOf } from './place.ts'

/** Hosts with the same answer. */
export interface Group {
  readonly kind: 'cause' | 'undetermined' | 'unreachable' | 'failed' | 'healthy'
  readonly cause: CauseId | null
  /** Of the member that is least sure. */
  readonly confidence: Confidence | null
  /** Where all of them fail, when that is another machine. */
  readonly place: Place | null
  /** Of those that cannot tell: nothing wrong was seen, and not everything could be. */
  readonly quiet: boolean
  /** The unit or the upstream on each of them, when it is called the same. */
  readonly own: string | null
  /** By name. */
  readonly members: readonly FleetMember[]
}

const order: readonly Group['kind'][] = ['cause', 'undetermined', 'unreachable', 'failed', 'healthy']
const surest: readonly Confidence[] = ['confirmed', 'likely', 'possible']

/** The biggest trouble first, the healthy ones last. */
export function groupMembers(members: readonly FleetMember[]): readonly Group[] {
  const byKey = new Map<string, FleetMember[]>()
  for (const member of members) {
    const key = groupKey(member)
    byKey.set(key, [...(byKey.get(key) ?? []), member])
  }
  return [...byKey.values()].map(groupOf).toSorted(biggestFirst)
}

export function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** The least sure of them. */
export function weakest(all: readonly Confidence[]): Confidence | null {
  return surest.findLast((each) => all.includes(each)) ?? null
}

function groupKey(member: FleetMember): string {
  const kind = kindOf(member)
  if (kind !== 'cause' && kind !== 'undetermined') return kind
  const place = placeOf(member)
  if (isQuiet(member)) return 'quiet'
  const where = place === null ? (kind === 'cause' ? (ownOf(member) ?? '') : '') : `at ${keyOf(place)}`
  return JSON.stringify([kind, kind === 'cause' ? member.finding?.cause : null, where])
}

function groupOf(unsorted: readonly FleetMember[]): Group {
  const members = unsorted.toSorted((a, b) => byName(a.host, b.host))
  const [first] = members
  const kind = first === undefined ? 'failed' : kindOf(first)
  const findings = members.flatMap(({ finding }) => (finding === null ? [] : [finding]))
  const places = members.map(placeOf).filter((place) => place !== null)
  return {
    kind,
    cause: kind === 'cause' ? (first?.finding?.cause ?? null) : null,
    confidence: kind === 'cause' ? weakest(findings.map(({ confidence }) => confidence)) : null,
    place: mergedPlace(places),
    quiet: first !== undefined && isQuiet(first),
    own: kind === 'cause' && places.length === 0 && first !== undefined ? ownOf(first) : null,
    members,
  }
}

/** One host may know the name of the machine behind the address while another does not. Two names for one address are none. */
export function mergedPlace(places: readonly Place[]): Place | null {
  const [first] = places
  if (first === undefined) return null
  const names = new Set(places.flatMap(({ host }) => (host === null ? [] : [host])))
  return { address: first.address, host: names.size === 1 ? ([...names][0] ?? null) : null }
}

/** A diagnosed host without a finding would be a fault of ours: it counts as one that cannot tell. */
function kindOf({ verdict, finding }: FleetMember): Group['kind'] {
  if (verdict !== 'diagnosed') return verdict
  return finding === null ? 'undetermined' : 'cause'
}

/** The headline begins so when no request fails (src/examine/headline.ts). */
function isQuiet({ verdict, headline, finding }: FleetMember): boolean {
  return verdict === 'undetermined' && finding?.failingNow !== true && headline.startsWith('nothing ')
}

/** The same unit on many hosts is one trouble, as is the same local upstream. */
function ownOf({ finding }: FleetMember): string | null {
  return finding?.subject.unit ?? finding?.subject.upstream ?? null
}

function biggestFirst(a: Group, b: Group): number {
  const byKind = order.indexOf(a.kind) - order.indexOf(b.kind)
  if (byKind !== 0) return byKind
  if (a.quiet !== b.quiet) return a.quiet ? 1 : -1
  return b.members.length - a.members.length || byName(a.members[0]?.host ?? '', b.members[0]?.host ?? '')
}

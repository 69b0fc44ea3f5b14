import type { CauseId } from '../diagnosis/cause.ts'
import type { Confidence } from '../diagnosis/diagnosis.ts'
import { byName, mergedPlace, weakest } from './group.ts'
import type { FleetMember } from './member.ts'
import { keyOf, type Place, placeOf } from './place.ts'

/** Several hosts that fail at one and the same place. */
export interface SharedTrouble {
  readonly place: Place
  /** By name. */
  readonly hosts: readonly string[]
  /** What is wrong there, when two or more of them say the same, it lies there and not with them, and none says anything else. */
  readonly settled: Settled | null
  /** What each of them says by itself, most hosts first; null where one cannot tell. */
  readonly said: readonly Said[]
}

export interface Settled {
  readonly cause: CauseId
  /** Of the least sure of those who say it. */
  readonly confidence: Confidence
  /** Who say it; the others fail there too and cannot tell. */
  readonly hosts: number
}

export interface Said {
  readonly cause: CauseId | null
  readonly confidence: Confidence | null
  readonly hosts: number
}

/** Of the backend, whoever looks at it: nginx's host only suffers. The others may as well lie with nginx, its configuration or the way between. */
const ofBackend: ReadonlySet<CauseId> = new Set<CauseId>([
  'backend-down',
  'backend-wrong-port',
  'listen-address-mismatch',
  'backend-saturated',
  'backend-hung',
  'backend-slow',
  'backend-crashed',
  'backend-killed-by-timeout',
  'backend-oom-killed',
  'backend-dependency-down',
  'app-error',
])

/** Places at which two hosts or more fail, most hosts first. */
export function sharedTroubles(members: readonly FleetMember[]): readonly SharedTrouble[] {
  const byPlace = new Map<string, FleetMember[]>()
  for (const member of members) {
    const place = placeOf(member)
    if (place !== null) byPlace.set(keyOf(place), [...(byPlace.get(keyOf(place)) ?? []), member])
  }
  return [...byPlace.values()]
    .filter((together) => together.length > 1)
    .map(sharedBy)
    .toSorted((a, b) => b.hosts.length - a.hosts.length || byName(a.hosts[0] ?? '', b.hosts[0] ?? ''))
}

function sharedBy(members: readonly FleetMember[]): SharedTrouble {
  const place = mergedPlace(members.map(placeOf).filter((each) => each !== null)) ?? { address: null, host: null }
  return {
    place,
    hosts: members.map(({ host }) => host).toSorted(byName),
    settled: settledBy(members),
    said: saidBy(members),
  }
}

function settledBy(members: readonly FleetMember[]): Settled | null {
  const sure = members.filter(({ verdict }) => verdict === 'diagnosed')
  const cause = sure[0]?.finding?.cause
  const confidence = weakest(sure.flatMap(({ finding }) => (finding === null ? [] : [finding.confidence])))
  if (sure.length < 2 || cause === undefined || confidence === null || confidence === 'possible') return null
  const agree = sure.every((member) => member.finding?.cause === cause && liesThere(member))
  const objects = members.some(
    ({ finding }) => finding !== null && finding.kind !== 'symptom' && finding.cause !== cause,
  )
  return agree && !objects ? { cause, confidence, hosts: sure.length } : null
}

function liesThere({ host, finding }: FleetMember): boolean {
  if (finding === null) return false
  const at = finding.subject.host
  return at === undefined ? ofBackend.has(finding.cause) : at !== host
}

function saidBy(members: readonly FleetMember[]): readonly Said[] {
  const counts = new Map<string, Said>()
  for (const { finding } of members) {
    // A symptom is true and explains nothing.
    const known = finding !== null && finding.kind !== 'symptom'
    const cause = known ? finding.cause : null
    const confidence = known ? finding.confidence : null
    const key = `${cause ?? ''} ${confidence ?? ''}`
    counts.set(key, { cause, confidence, hosts: (counts.get(key)?.hosts ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => b.hosts - a.hosts || (a.cause ?? '~').localeCompare(b.cause ?? '~'))
}

import { causes } from '../diagnosis/cause.ts'
import type { UnreachableReason } from '../diagnosis/diagnosis.ts'
import { countOf, type FleetAnswer } from './answer.ts'
import type { Group } from './group.ts'
import type { Place } from './place.ts'
import type { Said, SharedTrouble } from './shared-trouble.ts'

// Plain lines for chat and command line alike. They carry text of hosts: whoever shows them makes it harmless first.

/** "3 hosts". */
export function hostsInWords(count: number): string {
  return count === 1 ? '1 host' : `${count} hosts`
}

/** "38 hosts looked at: 8 in trouble, 1 cannot tell, 2 unreachable, 27 healthy". */
export function countsLine(answer: FleetAnswer): string {
  const parts = [
    [countOf(answer, 'cause'), 'in trouble'],
    [countOf(answer, 'undetermined'), 'cannot tell'],
    [countOf(answer, 'unreachable'), 'unreachable'],
    [countOf(answer, 'failed'), 'without a diagnosis'],
    [countOf(answer, 'healthy'), 'healthy'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`)
  return said.length === 0 ? 'no host has answered yet' : said.join(', ')
}

/** "7 hosts: the backend is down, 10.0.3.7:8080 on app-3 (likely)". */
export function groupLine(group: Group): string {
  const { kind, members, place } = group
  const count = members.length
  const lead = hostsInWords(count)
  if (kind === 'healthy') return `${lead}: healthy`
  if (kind === 'unreachable') return `${lead}: not reachable (${reasonsLine(group)})`
  if (kind === 'failed') return `${lead}: no diagnosis`
  if (group.quiet) return `${lead}: nothing wrong seen, but not all could be seen`
  if (kind === 'undetermined')
    return place === null
      ? `${lead}: failing, cannot tell why`
      : `${lead}: failing at ${placeWords(place)}, cannot tell why`
  return `${lead}: ${causeWords(group)}`
}

const reasons: Readonly<Record<UnreachableReason, string>> = {
  dns: 'name not resolved',
  timeout: 'no answer',
  refused: 'connection refused',
  'host-key': 'host key not accepted',
  auth: 'login refused',
  'jump-host': 'jump host',
  shell: 'no shell',
}

/** "38 jump host, 2 no answer"; of one reason only its name. */
function reasonsLine({ members }: Group): string {
  const counts = new Map<string, number>()
  for (const { reason } of members) {
    const words = reason === null ? 'no reason known' : reasons[reason]
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const all = [...counts].toSorted(([, a], [, b]) => b - a)
  return all.map(([words, count]) => (all.length === 1 ? words : `${count} ${words}`)).join(', ')
}

/** "web-1, web-2, web-3 and 4 more". */
export function namesLine(hosts: readonly string[], most: number): string {
  const shown = hosts.slice(0, most).join(', ')
  return hosts.length > most ? `${shown} and ${hosts.length - most} more` : shown
}

/** "The backend 10.0.3.7:8080 on app-3, not these 7 hosts: the backend is down (likely)." What is not settled is not said. */
export function sharedLine({ place, hosts, settled, said }: SharedTrouble): string {
  const where = placeWords(place)
  if (settled !== null) {
    const line = `It is the backend ${where}, not these ${settled.hosts} hosts: ${causes[settled.cause].title} (${settled.confidence}).`
    const more = hosts.length - settled.hosts
    return more === 0 ? line : `${line} ${more} more fail${more === 1 ? 's' : ''} there and cannot tell why.`
  }
  const each = said.map(saidWords).join(', ')
  return `${hosts.length} hosts fail at the same backend ${where}. Whether it is the backend is not settled: ${each}.`
}

export function placeWords({ address, host }: Place): string {
  if (address === null) return host ?? ''
  return host === null ? address : `${address} on ${host}`
}

/** How sure, in brackets. A guess is said to be one. */
function causeWords({ members, cause, confidence, place, own }: Group): string {
  const [only, ...others] = members
  // Of one host its own sentence says more than the name of the cause.
  if (only?.finding && others.length === 0)
    return `${only.host}: ${onPlace(only.finding.summary, place)} (${confidence})`
  const title = cause === null ? 'in trouble' : causes[cause].title
  const where = place === null ? own : placeWords(place)
  return `${title}${where === null ? '' : `, ${where}`} (${confidence})`
}

function onPlace(summary: string, place: Place | null): string {
  return place?.host == null || summary.includes(place.host) ? summary : `on ${place.host}, ${summary}`
}

function saidWords({ cause, confidence, hosts }: Said): string {
  if (cause === null) return `${hosts} cannot tell`
  const { title } = causes[cause]
  if (confidence === 'possible') return `on ${hosts} it is possible that ${title}`
  return `${hosts} ${hosts === 1 ? 'says' : 'say'} that ${title} (${confidence})`
}

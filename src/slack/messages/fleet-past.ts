import type { KnownBlock } from '@slack/types'
import { causes } from '../../diagnosis/cause.ts'
import type { Group } from '../../fleet/group.ts'
import { hostsInWords, placeWords } from '../../fleet/lines.ts'
import type { FleetMember } from '../../fleet/member.ts'
import { type SharedPast, sharedPast } from '../../fleet/shared-past.ts'
import type { Past } from '../../history/past.ts'
import { mrkdwn } from '../escape.ts'
import { thing, wordsOf } from './action-words.ts'
import { againWords, pastBlocks, pastInShort } from './past.ts'
import { small } from './rich.ts'
import { spanWords } from './span-words.ts'

/** Hosts of a group whose past is told. */
const mostPasts = 8

/** At the root, where all hosts of a group had it before: "*the backend is down, 10.0.3.7:8080: the third time in 7 days on each of the 7 hosts.* Last fix: ..." */
export function sharedPastLine(group: Group): string | null {
  const past = sharedPast(group)
  if (past === null || group.cause === null) return null
  const where = group.place === null ? group.own : placeWords(group.place)
  const what = `${causes[group.cause].title}${where === null ? '' : `, ${where}`}`
  return `*${mrkdwn(what, 200)}: ${timesWords(past, group.members.length)}.*${fixWords(past)}`
}

/** For the details of a group: how it was before on each of its hosts. */
export function memberPasts(members: readonly FleetMember[]): readonly KnownBlock[] {
  const known = members.flatMap(({ host, past }) => (past === undefined ? [] : [{ host, past }]))
  const [only] = known
  if (only === undefined) return []
  if (members.length === 1) return pastBlocks(only.past, only.host)
  const lines = known.slice(0, mostPasts).map(({ host, past }) => pastOnHost(past, host))
  const more = known.length - lines.length
  return ['*Seen before*', ...lines, ...(more > 0 ? [`and on ${more} more`] : [])].map(small)
}

/** Outbreaks are told with their host; all else is not. */
function pastOnHost(past: Past, host: string): string {
  const line = pastInShort(past, host)
  return past.count > 1 ? line : `${mrkdwn(host, 60)}: ${line}`
}

function timesWords({ count, days, exact }: SharedPast, hosts: number): string {
  const times = againWords(count, days).replace(/^[A-Z]/, (first) => `the ${first.toLowerCase()}`)
  const lead = `${times} on each of the ${hostsInWords(hosts)}`
  return exact ? lead : `at least ${lead}`
}

function fixWords({ fix }: SharedPast): string {
  if (fix === null) return ''
  const where = fix.host === null ? '' : ` on ${mrkdwn(fix.host, 60)}`
  const [shortest, longest] = [spanWords(fix.shortest), spanWords(fix.longest)]
  const lasted = shortest === longest ? shortest : `${shortest} to ${longest}`
  return ` Last fix: ${wordsOf(fix.action).noun} of ${mrkdwn(thing(fix.action, fix.target), 100)}${where}, lasted ${lasted}.`
}

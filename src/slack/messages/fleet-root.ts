import type { KnownBlock } from '@slack/types'
import { causes } from '../../diagnosis/cause.ts'
import { countOf, type FleetAnswer } from '../../fleet/answer.ts'
import { byName, type Group } from '../../fleet/group.ts'
import { countsLine, groupLine, hostsInWords, namesLine, placeWords, sharedLine } from '../../fleet/lines.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import { sharedPastLine } from './fleet-past.ts'
import type { Message } from './message.ts'
import { bullets, header, rich, sentence, small, strong, words } from './rich.ts'
import { timeToken } from './when.ts'

/** Groups in the root message; the thread has all of them. */
const mostGroups = 12
const mostShared = 3
const mostNames = 8
const mostPasts = 3
/** Of the line for a lock screen. */
const longestLine = 119
/** Groups for who reads from outside, in one section of 3,000 characters. */
const mostOutside = 6

export interface FleetRootOptions {
  /** No host has answered for a while. */
  readonly stalled: boolean
  /** When the last host answered, ISO. */
  readonly at: string
  /** Hosts that one worker looks at side by side. */
  readonly atOnce?: number | undefined
  /** How an action on its hosts goes. */
  readonly doing?: string
}

/** The root message of a fleet: how many hosts have answered, and what they say together, the biggest trouble first. */
export function fleetRoot(answer: FleetAnswer, { stalled, at, atOnce, doing = '' }: FleetRootOptions): Message {
  const { title, groups, shared } = answer
  const shown = groups.slice(0, mostGroups)
  const more = groups.length - shown.length
  const items = [
    ...shown.map(groupItem),
    ...(more > 0 ? [[words(`and ${more} further ${more === 1 ? 'group' : 'groups'} of hosts, in the thread`)]] : []),
  ]
  return fit({
    outside: `${fleetOutside(answer)} · as of ${timeToken(at)}`,
    text: mrkdwn(fleetLine(answer), 200),
    blocks: [
      header(`${inertLine(title, 80)}: ${stateOf(answer)}`),
      ...shared.slice(0, mostShared).map((each) => rich(sentence(strong(sharedLine(each), 600)))),
      ...(items.length === 0 ? [] : [rich(bullets(items))]),
      ...pastLines(groups).map(small),
      ...(doing === '' ? [] : [small(`*${mrkdwn(doing, 250)}*`)]),
      ...(stalled ? [stalledBlock(answer)] : []),
      small(footerOf(answer, at, atOnce)),
    ],
  })
}

/** Where many had it before, that is said where everybody looks; of single hosts it stands with their details. */
function pastLines(groups: readonly Group[]): readonly string[] {
  return groups.flatMap((group) => sharedPastLine(group) ?? []).slice(0, mostPasts)
}

/** For a channel that another organisation reads: hosts and titles of causes; the title may be the words of an alert. */
export function fleetOutside(answer: FleetAnswer): string {
  const kinds = answer.groups.flatMap(({ cause, members }) => {
    const names = namesLine(
      members.map(({ host }) => host),
      mostNames,
    )
    return cause === null ? [] : [`${mrkdwn(names, 300)}: ${causes[cause].title}`]
  })
  return [`*${hostsInWords(answer.total)}:* ${stateOf(answer)}`, ...kinds.slice(0, mostOutside)].join(' · ')
}

/** One line for a lock screen: "group:edge: 10.0.3.7:8080 on app-3: the backend is down, 7 of 38 hosts fail by it; 2 more in trouble". */
export function fleetLine(answer: FleetAnswer): string {
  const { title, waiting, total } = answer
  const lead = inertLine(title, 40)
  if (waiting.length > 0) return `${lead}: ${stateOf(answer)}`
  const told = answerInShort(answer)
  if (told === null) return `${lead}: ${countOf(answer, 'healthy') === total ? stateOf(answer) : countsLine(answer)}.`
  const more = countOf(answer, 'cause') - told.hosts
  const others = more > 0 ? `; ${more} more in trouble` : ''
  return `${inertLine(`${lead}: ${more > 0 ? told.name : told.line}`, longestLine - others.length)}${others}`
}

interface InShort {
  readonly line: string
  /** The same without what it rests on, where more is to be said. */
  readonly name: string
  /** In trouble by it. */
  readonly hosts: number
}

/** The biggest trouble, and how many hosts in trouble it explains. */
function answerInShort({ shared, groups, total }: FleetAnswer): InShort | null {
  const [first] = shared
  if (first?.settled) {
    const { hosts } = first.settled
    const { title } = causes[first.settled.cause]
    const line = `${placeWords(first.place)}: ${title}, ${hosts} of ${total} hosts fail by it`
    return { line, name: line, hosts }
  }
  if (first) {
    const hosts = groups.filter(({ kind }) => kind === 'cause').flatMap(({ members }) => members)
    const known = hosts.filter(({ host }) => first.hosts.includes(host)).length
    const line = `${first.hosts.length} of ${total} hosts fail at ${placeWords(first.place)}, not settled why`
    return { line, name: line, hosts: known }
  }
  const [group] = groups
  return group?.kind === 'cause' ? groupInShort(group) : null
}

function groupInShort(group: Group): InShort {
  const { cause, members } = group
  const [only, ...others] = members
  const line = groupLine(group)
  if (only === undefined || others.length > 0) return { line, name: line, hosts: members.length }
  const title = cause === null ? 'in trouble' : causes[cause].title
  return { line: line.replace(/^1 host: /, ''), name: `${only.host}: ${title}`, hosts: 1 }
}

function stateOf(answer: FleetAnswer): string {
  const { total, waiting } = answer
  if (waiting.length > 0) return `${total - waiting.length} of ${hostsInWords(total)} looked at`
  const troubled = countOf(answer, 'cause')
  if (troubled > 0) return `${troubled} of ${hostsInWords(total)} in trouble`
  if (countOf(answer, 'healthy') === total) return `nothing is failing on ${hostsInWords(total)}`
  const unsure = countOf(answer, 'undetermined')
  if (unsure > 0) return `cannot tell about ${unsure} of ${hostsInWords(total)}`
  return `no answer from ${total - countOf(answer, 'healthy')} of ${hostsInWords(total)}`
}

function groupItem(group: Group) {
  const [lead, ...rest] = groupLine(group).split(': ')
  const about = rest.join(': ')
  const names = namesLine(
    group.members.map(({ host }) => host),
    mostNames,
  )
  const named = group.kind === 'cause' && group.members.length === 1 ? [] : [words(`(${names})`, 400)]
  return [strong(`${lead ?? ''}:`, 40), words(about, 400), ...named]
}

function stalledBlock({ waiting }: FleetAnswer): KnownBlock {
  const names = mrkdwn(namesLine(waiting.toSorted(byName), mostNames), 300)
  return small(
    `No host has answered for a minute; waiting for ${names}. Does the worker run? It goes on as soon as one is there.`,
  )
}

function footerOf(answer: FleetAnswer, at: string, atOnce = 0): string {
  // Only where they cannot all be under way it is worth knowing.
  const pace = atOnce > 0 && answer.waiting.length > atOnce ? `, ${atOnce} at a time on each worker` : ''
  if (answer.waiting.length === answer.total)
    return `Diagnosing ${hostsInWords(answer.total)}${pace}. The answers come in here.`
  const details = answer.waiting.length > 0 ? '' : ' · details of each host in the thread'
  return `${mrkdwn(countsLine(answer), 200)} · ${answer.waiting.length > 0 ? 'as of' : 'looked at until'} ${timeToken(at)}${details}${pace === '' ? '' : ` · diagnosing${pace.slice(1)}`}`
}

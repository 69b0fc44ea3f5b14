import type { KnownBlock } from '@slack/types'
import { countOf, type FleetAnswer } from '../../fleet/answer.ts'
import { byName, type Group } from '../../fleet/group.ts'
import { countsLine, groupLine, hostsInWords, namesLine, sharedLine } from '../../fleet/lines.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { bullets, header, rich, sentence, small, strong, words } from './rich.ts'
import { timeToken } from './when.ts'

/** Groups in the root message; the thread has all of them. */
const mostGroups = 12
const mostShared = 3
const mostNames = 8

export interface FleetRootOptions {
  /** No host has answered for a while. */
  readonly stalled: boolean
  /** When the last host answered, ISO. */
  readonly at: string
}

/** The root message of a fleet: how many hosts have answered, and what they say together, the biggest trouble first. */
export function fleetRoot(answer: FleetAnswer, { stalled, at }: FleetRootOptions): Message {
  const { title, groups, shared } = answer
  const shown = groups.slice(0, mostGroups)
  const more = groups.length - shown.length
  const items = [
    ...shown.map(groupItem),
    ...(more > 0 ? [[words(`and ${more} further groups of hosts, in the thread`)]] : []),
  ]
  return fit({
    text: mrkdwn(fleetLine(answer), 200),
    blocks: [
      header(`${inertLine(title, 80)}: ${stateOf(answer)}`),
      ...shared.slice(0, mostShared).map((each) => rich(sentence(strong(sharedLine(each), 600)))),
      ...(items.length === 0 ? [] : [rich(bullets(items))]),
      ...(stalled ? [stalledBlock(answer)] : []),
      small(footerOf(answer, at)),
    ],
  })
}

/** One line for a lock screen: "group:edge: the backend is down, 10.0.3.7:8080 on app-3: 7 of 38 hosts in trouble". */
export function fleetLine(answer: FleetAnswer): string {
  const { title, shared, groups, waiting, total } = answer
  const first = shared[0] === undefined ? groups.slice(0, 1).map(groupLine)[0] : sharedLine(shared[0])
  if (waiting.length > 0)
    return `${inertLine(title, 40)}: ${total - waiting.length} of ${hostsInWords(total)} looked at`
  if (countOf(answer, 'healthy') === total)
    return `${inertLine(title, 40)}: nothing is failing on ${hostsInWords(total)}.`
  return inertLine(`${inertLine(title, 40)}: ${countsLine(answer)}. ${first ?? ''}`, 119)
}

function stateOf(answer: FleetAnswer): string {
  const { total, waiting } = answer
  if (waiting.length > 0) return `${total - waiting.length} of ${hostsInWords(total)} looked at`
  const troubled = countOf(answer, 'cause')
  if (troubled > 0) return `${troubled} of ${hostsInWords(total)} in trouble`
  if (countOf(answer, 'healthy') === total) return `nothing is failing on ${hostsInWords(total)}`
  return `no answer for ${total - countOf(answer, 'healthy')} of ${hostsInWords(total)}`
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

function footerOf(answer: FleetAnswer, at: string): string {
  if (answer.waiting.length === answer.total) return 'Waiting for the first answers. They come in here.'
  const details = answer.waiting.length > 0 ? '' : ' · details of each host in the thread'
  return `${mrkdwn(countsLine(answer), 200)} · ${answer.waiting.length > 0 ? 'as of' : 'looked at until'} ${timeToken(at)}${details}`
}

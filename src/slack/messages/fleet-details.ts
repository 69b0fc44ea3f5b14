import type { KnownBlock } from '@slack/types'
import type { FleetAnswer } from '../../fleet/answer.ts'
import type { Group } from '../../fleet/group.ts'
import { groupLine, namesLine } from '../../fleet/lines.ts'
import type { FleetMember } from '../../fleet/member.ts'
import { mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import { causeBody, memberItem, moreOf, mostLines } from './fleet-cause.ts'
import type { Message } from './message.ts'
import { bullets, rich, sentence, small, strong, words } from './rich.ts'

/** Replies of one fleet; Slack takes about one a second in a channel. */
const mostReplies = 10
const mostNames = 250

export interface Detail {
  /** Stays the same however often it is made for the same hosts of the same round. */
  readonly key: string
  readonly message: Message
  /** Ids of the diagnoses that it tells, for judging them together. */
  readonly diagnoses: readonly string[]
}

/** One reply for each group of hosts: what was seen on one of them, and in what the others differ. What is too many is one reply at the end. */
export function fleetDetails({ groups }: FleetAnswer): readonly Detail[] {
  const shown = groups.length > mostReplies ? groups.slice(0, mostReplies - 1) : groups
  const rest = groups.slice(shown.length)
  return [
    ...shown.map((group, index) => ({
      key: `group-${index}`,
      message: detailOf(group),
      diagnoses: diagnosesOf(group),
    })),
    ...(rest.length === 0 ? [] : [{ key: 'group-rest', message: restOf(rest), diagnoses: [] }]),
  ]
}

function diagnosesOf({ members }: Group): readonly string[] {
  return members.flatMap(({ diagnosis }) => diagnosis ?? [])
}

function detailOf(group: Group): Message {
  const line = groupLine(group)
  const blocks = [rich(sentence(strong(line, 300))), ...namesOf(group), ...bodyOf(group)]
  return fit({ text: mrkdwn(line, 200), blocks })
}

function bodyOf(group: Group): readonly KnownBlock[] {
  if (group.kind === 'healthy') return []
  if (group.kind === 'cause') return causeBody(group.members)
  const items = group.members.slice(0, mostLines).map(memberItem)
  return [rich(bullets([...items, ...moreOf(group.members.length - items.length)])), ...nextOf(group.members)]
}

/** What is to be done, each thing once. */
function nextOf(members: readonly FleetMember[]): readonly KnownBlock[] {
  const all = [...new Set(members.flatMap(({ next }) => next))]
  if (all.length === 0) return []
  const title = members.some(({ verdict }) => verdict === 'undetermined') ? 'What is missing' : 'What to do'
  return [
    small(`*${title}*`),
    rich(bullets([...all.slice(0, 6).map((line) => [words(line, 250)]), ...moreOf(all.length - 6)])),
  ]
}

function namesOf({ kind, members }: Group): readonly KnownBlock[] {
  // What stands below names the one host, but for one that is well.
  if (kind !== 'healthy' && members.length === 1) return []
  const names = members.map(({ host }) => host)
  return [rich(sentence(words(namesLine(names, mostNames), 3500)))]
}

function restOf(groups: readonly Group[]): Message {
  const items = groups.slice(0, 60).map((group) => {
    const names = group.members.map(({ host }) => host)
    return [strong(groupLine(group), 200), words(`(${namesLine(names, 10)})`, 200)]
  })
  const text = `${groups.length} smaller groups of hosts`
  return fit({ text, blocks: [small(`*${text}*`), rich(bullets([...items, ...moreOf(groups.length - items.length)]))] })
}

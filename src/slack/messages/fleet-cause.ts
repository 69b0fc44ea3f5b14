import type { KnownBlock, RichTextElement } from '@slack/types'
import type { FleetMember, MemberFinding } from '../../fleet/member.ts'
import { mrkdwn } from '../escape.ts'
import { memberPasts } from './fleet-past.ts'
import { box, bullets, code, rich, sentence, small, strong, words } from './rich.ts'

/** Hosts of a group that get a line of their own. */
export const mostLines = 25

/** Whatever is the same for all of them is said once. */
export function causeBody(members: readonly FleetMember[]): readonly KnownBlock[] {
  const [first] = members
  const finding = first?.finding
  if (first === undefined || !finding) return []
  return [
    small(`*Seen on ${mrkdwn(first.host, 80)}*`),
    // Of one host the first line has said it.
    ...(members.length === 1 ? [] : [rich(sentence(words(finding.summary, 500)))]),
    ...finding.evidence.slice(0, 3).map((piece) => {
      const elsewhere = piece.host !== undefined && piece.host !== first.host ? [words(`on ${piece.host}`, 80)] : []
      return rich(sentence(code(piece.command, 250), ...elsewhere), box(piece.text, 700))
    }),
    ...othersOf(first, finding, members.slice(1)),
    ...memberPasts(members),
    ...remedyOf(finding),
  ]
}

function othersOf(first: FleetMember, finding: MemberFinding, others: readonly FleetMember[]): readonly KnownBlock[] {
  if (others.length === 0) return []
  const same = (member: FleetMember): boolean =>
    withoutHost(member.finding?.summary ?? '', member.host) === withoutHost(finding.summary, first.host)
  const differing = others.filter((member) => !same(member))
  const alike = others.length - differing.length
  const sayAlike = alike === 0 ? [] : [small(`${alike === 1 ? '1 other says' : `${alike} others say`} the same.`)]
  if (differing.length === 0) return sayAlike
  const items = differing.slice(0, mostLines).map(memberItem)
  return [
    ...sayAlike,
    small('*In other words on*'),
    rich(bullets([...items, ...moreOf(differing.length - items.length)])),
  ]
}

function withoutHost(text: string, host: string): string {
  return text.split(host).join('')
}

function remedyOf({ steps, diff, remedy }: MemberFinding): readonly KnownBlock[] {
  const where = remedy?.host === undefined ? '' : ` on ${mrkdwn(remedy.host, 80)}`
  return [
    ...(steps.length === 0
      ? []
      : [
          small(`*What helps${where}*`),
          rich(
            bullets(
              steps.map((step) => [words(step, 300)]),
              'ordered',
            ),
          ),
        ]),
    ...(diff === null ? [] : [rich(box(diff, 1500))]),
    ...(remedy?.refused === undefined ? [] : [small(`No button: ${mrkdwn(remedy.refused, 300)}`)]),
  ]
}

export function memberItem({ host, headline, finding }: FleetMember): readonly RichTextElement[] {
  return [strong(`${host}:`, 100), words(finding?.failingNow ? finding.summary : headline, 250)]
}

export function moreOf(count: number): readonly (readonly RichTextElement[])[] {
  return count > 0 ? [[words(`and ${count} more`)]] : []
}

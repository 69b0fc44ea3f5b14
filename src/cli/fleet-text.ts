import { type FleetAnswer, fleetAnswer } from '../fleet/answer.ts'
import { countsLine, groupLine, hostsInWords, namesLine, sharedLine } from '../fleet/lines.ts'
import type { FleetMember } from '../fleet/member.ts'
import { inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { wrap } from './wrap.ts'

/** Hosts of one answer that are named; `--json` has a line for each. */
const mostNames = 40

/** What several hosts say together, below what each of them says: "Together, 8 hosts: 7 in trouble, 1 healthy". */
export function fleetText(members: readonly FleetMember[], terminal: Terminal): string {
  const answer = fleetAnswer(
    '',
    members.map((member) => ({ host: member.host, member })),
  )
  const head = `Together, ${hostsInWords(answer.total)}: ${countsLine(answer)}`
  const lines = [terminal.paint('bold', wrap(head, terminal.width, '  ')), ...sharedLines(answer, terminal)]
  return `${[...lines, ...groupLines(answer, terminal)].join('\n')}\n`
}

function sharedLines({ shared }: FleetAnswer, { paint, width }: Terminal): readonly string[] {
  return shared.map((each) => paint('red', wrap(inertLine(sharedLine(each)), width, '  ')))
}

function groupLines({ groups }: FleetAnswer, { width }: Terminal): readonly string[] {
  return groups.map((group) => {
    const hosts = group.members.map(({ host }) => host)
    const named = group.kind === 'cause' && hosts.length === 1 ? '' : ` (${namesLine(hosts, mostNames)})`
    return wrap(inertLine(`${groupLine(group)}${named}`), width, '  ')
  })
}

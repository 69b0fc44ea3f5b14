import type { KnownBlock } from '@slack/types'
import { hostsInWords } from '../../fleet/lines.ts'
import type { Topic } from '../../looks/sweeps/group-sweep.ts'
import type { SweepLine, SweepOutline } from '../../looks/sweeps/sweep-outline.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { bullets, header, rich, sentence, small, strong, words } from './rich.ts'
import { dayToken } from './when.ts'

const titles: Readonly<Record<Topic, string>> = {
  failing: 'Failing now',
  unreachable: 'Not reachable',
  unclear: 'Cannot tell',
  certificate: 'Certificates that end soon',
  room: 'Little room',
  'not-loaded': 'Written, and not loaded',
  latent: 'Not failing yet',
  rights: 'Rights that are missing',
  'no-answer': 'Not looked at',
}

const shown = { lines: 8, names: 6 } as const

/** The message of a scheduled sweep: one line when there is nothing to report, else the worst first. `at`: when it began, ISO. */
export function groupSweepMessage(outline: SweepOutline, at: string): Message {
  const { title, total, answered, troubled, things, sections } = outline
  const name = inertLine(title, 80)
  if (sections.length === 0) {
    const line = `Sweep of ${name}: nothing to report, ${hostsInWords(total)} looked at.`
    return { outside: mrkdwn(line, 300), text: mrkdwn(line, 300), blocks: [rich(sentence(words(line, 300)))] }
  }
  const sum = `${things === 1 ? '1 thing' : `${things} things`} on ${troubled} of ${hostsInWords(total)}`
  const [worst] = sections
  const [line] = worst?.lines ?? []
  const lead = line === undefined ? '' : `: ${namesOf(line)}: ${line.text}`
  return fit({
    outside: mrkdwn(`Sweep of ${name}: ${sum}`, 300),
    text: mrkdwn(inertLine(`Sweep of ${name}: ${sum}${lead}`, 250), 300),
    blocks: [
      header(`Sweep of ${name}: ${sum}`),
      ...sections.flatMap(({ topic, lines }) => sectionBlocks(titles[topic], lines)),
      small(
        `${answered} of ${hostsInWords(total)} looked at, begun ${dayToken(at)} · \`/nginx diagnose\` and the name of a host tells more, with what to do`,
      ),
    ],
  })
}

function sectionBlocks(title: string, lines: readonly SweepLine[]): readonly KnownBlock[] {
  const items = lines.slice(0, shown.lines).map((line) => [strong(`${namesOf(line)}:`, 300), words(line.text, 350)])
  const left = lines.length - items.length
  return [rich(sentence(strong(title)), bullets([...items, ...(left > 0 ? [[words(`and ${left} more`)]] : [])]))]
}

function namesOf({ hosts }: SweepLine): string {
  const names = hosts.slice(0, shown.names).map((host) => inertLine(host, 60))
  const left = hosts.length - names.length
  return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

import type { AlertTally } from '../../alerts/storm/alert-tally.ts'
import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { small } from './rich.ts'
import { timeToken } from './when.ts'

const titlesShown = 4

/** "Alert from prometheus: HighErrorRate"; "4 alerts, the first from prometheus: HighErrorRate ×3, ProbeFailed · resolved at 03:12". mrkdwn. */
export function alertLine(tally: AlertTally): string {
  const { source, alerts, suppressed, hosts } = tally
  const many = hosts.length > 1 ? `${hosts.length} hosts alerting · ` : ''
  const from = mrkdwn(source, 60)
  const about = titlesOf(tally)
  const lead = alerts === 1 ? `Alert from ${from}: ${about}` : `${alerts} alerts, the first from ${from}: ${about}`
  const silenced = suppressed > 0 ? ` · ${suppressed} silenced at the sender` : ''
  return `${many}${lead}${silenced}${resolvedWords(tally)}`
}

export function withAlertLine(message: Message, tally: AlertTally): Message {
  return behindHeader(message, alertLine(tally))
}

/** The same place for other words, which may be hostile. */
export function withNote(message: Message, note: string): Message {
  return behindHeader(message, mrkdwn(note, 300))
}

function behindHeader(message: Message, line: string): Message {
  const { blocks } = message
  const at = blocks[0]?.type === 'header' ? 1 : 0
  return { ...message, blocks: [...blocks.slice(0, at), small(line), ...blocks.slice(at)] }
}

function titlesOf({ titles, others }: AlertTally): string {
  const shown = titles
    .slice(0, titlesShown)
    .map(({ title, count }) => `${mrkdwn(title, 80)}${count > 1 ? ` ×${count}` : ''}`)
  const left = titles.slice(titlesShown).reduce((sum, { count }) => sum + count, others)
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

/** Who says that it is over is told: the diagnosis may well see the trouble still. */
function resolvedWords({ alerts, firing, suppressed, resolvedAt, over }: AlertTally): string {
  if (resolvedAt === null) return ''
  if (over && suppressed === 0) return ` · resolved at ${timeToken(resolvedAt)} by the sender`
  const resolved = alerts - firing - suppressed
  return resolved > 0 ? ` · ${resolved} of ${alerts} resolved by the sender` : ''
}

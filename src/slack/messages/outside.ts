import { causes } from '../../diagnosis/cause.ts'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { small } from './rich.ts'
import { timeToken } from './when.ts'

const leftOut =
  'This channel is shared with another organisation: evidence, fix and buttons are left out. Ask in a channel of your own.'

/** What a channel gets that another organisation reads: the words of a message that are meant for it, and that the rest is left out. */
export function outsideMessage(outside: string | undefined): Message {
  if (outside === undefined) return { text: leftOut, blocks: [small(leftOut)] }
  const said = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: outside, verbatim: true } }
  return { text: outside, blocks: [said, small(leftOut)] }
}

/** Host, title of the cause, verdict and time in mrkdwn: no word that a host, a log or a configuration wrote. */
export function outsideWords({ host, verdict, findings, collectedAt }: Diagnosis): string {
  return `*${mrkdwn(host, 60)}:* ${answerOf(verdict, findings[0])} · looked at ${timeToken(collectedAt)}`
}

function answerOf(verdict: Diagnosis['verdict'], first: Diagnosis['findings'][number] | undefined): string {
  if (verdict === 'healthy') return 'nothing is failing'
  if (verdict === 'unreachable') return 'not reachable'
  if (verdict === 'undetermined' || first === undefined) return 'cannot tell why'
  const sure = { confirmed: '', likely: 'probably ', possible: 'possibly ' }[first.confidence]
  return `${sure}${causes[first.cause].title}`
}

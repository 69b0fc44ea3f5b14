import type { ShownLine } from '../../audit/recent.ts'
import { mrkdwn } from '../escape.ts'
import { thing, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { dayToken } from './when.ts'

/** One line of the audit with the name of who did it, as people call him; null where nobody did. */
export interface NamedLine {
  readonly line: ShownLine
  readonly name: string | null
}

const most = 20

/** The last actions and refusals of a host, newest first. A copy: whoever must be sure reads the files. */
export function auditMessage(host: string, lines: readonly NamedLine[]): Message {
  const shown = lines.slice(0, most)
  const title = `${host}: last actions and refusals`
  const nothing = shown.length === 0 ? [rich(sentence(words('Nothing is written down for this host.')))] : []
  return fit({
    text: mrkdwn(shown.length === 0 ? `${host}: nothing is written down` : title, 200),
    blocks: [
      rich(sentence(strong(title, 120))),
      ...nothing,
      ...shown.map(({ line, name }) => small(`${dayToken(line.at)} · ${whatOf(line, name)}`)),
      small(
        'This is the copy in Redis, which nobody vouches for. The record is in auditDir: `gatemedic audit verify` says whether it holds.',
      ),
    ],
  })
}

function whatOf(line: ShownLine, name: string | null): string {
  const who = name === null ? '' : ` · ${mrkdwn(name, 80)}`
  switch (line.step) {
    case 'started':
      return `*${mrkdwn(doing(line), 150)}* begun${who}${line.presses.some(({ how }) => how === 'break-glass') ? ' · *alone (break-glass)*' : ''}`
    case 'ran':
      return mrkdwn(
        `${doing(line)}: ${line.result}${line.exitCode === null ? '' : `, exit code ${line.exitCode}`}`,
        250,
      )
    case 'ended':
    case 'settled':
    case 'watched':
      return mrkdwn(`${doing(line)}: ${line.outcome}. ${asSentence(line.detail)}`, 350)
    case 'turned-away':
      return `*refused*${who}: ${mrkdwn(`${line.subject === null ? line.what : doing(line.subject)}: ${asSentence(line.because)}`, 350)}`
    case 'alone':
      return `*${mrkdwn(doing(line), 150)}* alone (break-glass)${who}: ${mrkdwn(asSentence(line.reason), 300)}`
    default:
      return `${mrkdwn(doing(line satisfies { readonly step: 'reviewed' }), 150)}: what was done alone is reviewed${who}`
  }
}

function doing({ action, target }: Pick<Extract<ShownLine, { step: 'alone' }>, 'action' | 'target'>): string {
  return `${wordsOf(action).verb} ${thing(action, target)}`
}

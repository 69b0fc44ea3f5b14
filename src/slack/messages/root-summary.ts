import type { KnownBlock } from '@slack/types'
import type { Diagnosis, Finding, Verdict } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import type { Past } from '../../history/past.ts'
import { mrkdwn } from '../escape.ts'
import { impactWords, surenessOf, titleOfCause } from './finding-words.ts'
import { titleOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { differencesInShort } from './differences.ts'
import type { Message } from './message.ts'
import { outsideWords } from './outside.ts'
import { pastInShort } from './past.ts'
import { bullets, header, rich, sentence, small, words } from './rich.ts'
import { inReadersZone } from './readers-zone.ts'
import { verdictLine } from './verdict-line.ts'
import { timeToken } from './when.ts'

const inThread: Readonly<Record<Verdict, string>> = {
  diagnosed: ' · evidence and fix in the thread',
  healthy: ' · what was looked at is in the thread',
  undetermined: ' · what is missing is in the thread',
  unreachable: '',
}

const titles: Readonly<Record<Exclude<Verdict, 'diagnosed'>, string>> = {
  healthy: 'nothing is failing',
  undetermined: 'cannot tell why',
  unreachable: 'not reachable',
}

/** The root message in its final state: what is wrong, how sure, whom it hurts; the rest is in the thread. */
export function rootSummary(diagnosis: Diagnosis, offered: Proposal | null, note?: string, past?: Past): Message {
  const first = diagnosis.findings[0]
  const message: Message = {
    outside: outsideWords(diagnosis),
    text: mrkdwn(verdictLine(diagnosis, null), 200),
    blocks: [
      header(`${diagnosis.host}: ${titleFor(diagnosis, first)}`),
      ...(note === undefined ? [] : [small(mrkdwn(note, 300))]),
      rich(sentence(words(leadOf(diagnosis, first), 900))),
      ...facts(diagnosis, first),
      ...(past === undefined ? [] : [small(pastInShort(past, diagnosis.host))]),
      ...others(diagnosis),
      ...differing(diagnosis),
      ...(offered === null ? [] : [small(`*${mrkdwn(titleOf(offered), 120)}:* the button is in the thread.`)]),
      small(footer(diagnosis)),
    ],
  }
  return inReadersZone(message, diagnosis)
}

function titleFor({ verdict, headline }: Diagnosis, first: Finding | undefined): string {
  if (verdict === 'undetermined' && /^nothing wrong/i.test(headline))
    return 'nothing wrong seen, but not all could be seen'
  if (verdict === 'diagnosed') return first === undefined ? 'diagnosed' : titleOfCause(first)
  return titles[verdict]
}

function leadOf(diagnosis: Diagnosis, first: Finding | undefined): string {
  if (diagnosis.verdict === 'diagnosed' && first !== undefined) return asSentence(first.summary)
  if (diagnosis.verdict === 'unreachable') return asSentence(diagnosis.unreachable?.message ?? diagnosis.headline)
  return asSentence(diagnosis.headline)
}

function facts({ verdict, unreachable }: Diagnosis, first: Finding | undefined): readonly KnownBlock[] {
  if (verdict === 'unreachable') return unreachable === undefined ? [] : [rich(sentence(words(unreachable.next, 600)))]
  if (verdict !== 'diagnosed' || first === undefined) return []
  const impact = impactWords(first.impact)
  return [...(impact === null ? [] : [small(impact)]), small(surenessOf(first))]
}

function differing(diagnosis: Diagnosis): readonly KnownBlock[] {
  const line = differencesInShort(diagnosis)
  return line === null ? [] : [small(line)]
}

/** Up to three further findings: with a cause they are its company, without one they are all there is. */
function others({ verdict, findings }: Diagnosis): readonly KnownBlock[] {
  const rest = verdict === 'diagnosed' ? findings.slice(1) : findings
  if (rest.length === 0) return []
  const shown = rest.slice(0, 3).map((finding) => [words(`${prefixes[finding.kind]}${finding.summary}`, 300)])
  const more = rest.length > 3 ? [[words(`and ${rest.length - 3} more, in the thread`)]] : []
  return [small(verdict === 'diagnosed' ? '*Also seen*' : '*Seen*'), rich(bullets([...shown, ...more]))]
}

const prefixes: Readonly<Record<Finding['kind'], string>> = {
  cause: '',
  symptom: 'Follows from it: ',
  latent: 'Not failing yet: ',
  notice: '',
}

function footer({ collectedAt, site, verdict }: Diagnosis): string {
  const asked = site === undefined ? '' : ` · asked about ${mrkdwn(site, 120)}`
  return `Looked at ${timeToken(collectedAt)}${asked}${inThread[verdict]}`
}

import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Past } from '../../history/past.ts'
import { mrkdwn } from '../escape.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { outsideWords } from './outside.ts'
import { pastInShort } from './past.ts'
import { inReadersZone } from './readers-zone.ts'
import { bullets, rich, sentence, small, strong, words } from './rich.ts'
import { verdictLine } from './verdict-line.ts'

const mostChecks = 8
const mostNoticed = 3

/** The whole answer below an alert that found nothing wrong: one short reply, which says what was looked at and calls nobody. */
export function healthyHere(diagnosis: Diagnosis, past?: Past): Message {
  const { host, headline, checked, findings } = diagnosis
  const looked = checked.slice(0, mostChecks).map((line) => [words(line, 250)])
  const noticed = findings.slice(0, mostNoticed).map(({ summary }) => [words(summary, 250)])
  const more = checked.length > mostChecks ? [small(`and ${checked.length - mostChecks} more`)] : []
  const message: Message = {
    outside: outsideWords(diagnosis),
    text: mrkdwn(verdictLine(diagnosis, null), 119),
    blocks: [
      rich(sentence(strong(asSentence(headline), 300))),
      ...(past === undefined ? [] : [small(pastInShort(past, host))]),
      ...(looked.length === 0 ? [] : [small('*Looked at and found well*'), rich(bullets(looked)), ...more]),
      ...(noticed.length === 0 ? [] : [small('*Also seen*'), rich(bullets(noticed))]),
    ],
  }
  return fit(inReadersZone(message, diagnosis))
}

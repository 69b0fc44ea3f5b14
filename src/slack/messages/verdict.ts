import type { KnownBlock, RichTextElement } from '@slack/types'
import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import type { Past } from '../../history/past.ts'
import { mrkdwn } from '../escape.ts'
import { fixBlocks, refusedRemedy } from './fix.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { checkAgainButton, offerBlocks } from './offer.ts'
import { outsideWords } from './outside.ts'
import { pastBlocks } from './past.ts'
import { pastedNote, questionBlocks } from './question.ts'
import { bullets, rich, sentence, small, strong, words } from './rich.ts'
import { inReadersZone } from './readers-zone.ts'
import { verdictLine } from './verdict-line.ts'

/** How much of what is missing a verdict names. */
export const missingShown = 4

/**
 * The one new message of a diagnosis: the answer, what helps, and the button. Its text alone is read on a lock screen.
 *
 * @param mention Slack user id of who asked; null for an alert, where nobody is called
 * @param past what is remembered of the same trouble
 */
export function verdictMessage(
  diagnosis: Diagnosis,
  proposal: Proposal | null,
  mention: string | null,
  past?: Past,
): Message {
  const first = diagnosis.verdict === 'diagnosed' ? diagnosis.findings[0] : undefined
  const note = pastedNote(diagnosis)
  const line = verdictLine(diagnosis, proposal, mention === null ? 0 : mention.length + 4)
  const message: Message = {
    outside: mentioned(outsideWords(diagnosis), mention),
    text: mentioned(escaped(line), mention),
    blocks: [
      rich(sentence(strong(line), ...mentionElement(mention))),
      ...(note === null ? [] : [small(mrkdwn(note, 400))]),
      ...(past === undefined ? [] : pastBlocks(past, diagnosis.host)),
      ...(first === undefined ? [] : fixBlocks(first)),
      ...remedyBlocks(first, proposal),
      ...missingBlocks(diagnosis),
      ...questionBlocks(diagnosis),
      ...(diagnosis.verdict === 'undetermined' || diagnosis.verdict === 'unreachable'
        ? [checkAgainButton(diagnosis.host)]
        : []),
    ],
  }
  return fit(inReadersZone(message, diagnosis))
}

/** Without an answer: what is missing for one, and how to get it. */
function missingBlocks({ verdict, unjudged, unseen, unreachable }: Diagnosis): readonly KnownBlock[] {
  if (verdict === 'unreachable') return unreachable === undefined ? [] : [rich(sentence(words(unreachable.next, 600)))]
  const missing = [...new Set([...unseen, ...unjudged.map(({ because }) => because)])]
  if (verdict !== 'undetermined' || missing.length === 0) return []
  return [
    rich(
      sentence(strong('What is missing')),
      bullets(missing.slice(0, missingShown).map((because) => [words(because, 250)])),
    ),
  ]
}

function remedyBlocks(first: Finding | undefined, proposal: Proposal | null): readonly KnownBlock[] {
  if (proposal !== null) return offerBlocks(proposal)
  const remedy = first?.fix.action
  if (first === undefined || remedy === null || remedy === undefined) return []
  const reason = remedy.refused ?? (remedy.allowed ? 'no offer could be made' : 'not allowed')
  return refusedRemedy(first, mrkdwn(reason, 300).replace(/\.$/, ''))
}

export function mentioned(text: string, userId: string | null): string {
  return userId === null ? text : `${text} <@${userId}>`
}

export function mentionElement(userId: string | null): readonly RichTextElement[] {
  return userId === null ? [] : [{ type: 'user', user_id: userId }]
}

function escaped(line: string): string {
  return mrkdwn(line, 200)
}

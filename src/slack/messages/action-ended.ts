import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import type { ActionOutcome } from '../../jobs/post.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { titleOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { outcomeTitle } from './offer-states.ts'
import type { PressedBy } from './offer-states.ts'
import { header, rich, sentence, small, strong, words } from './rich.ts'
import { mentioned, mentionElement } from './verdict.ts'
import { timeToken } from './when.ts'

/** The one new message when an approved action has ended. */
export function endedMessage(
  proposal: Proposal,
  outcome: ActionOutcome,
  diagnosis: Diagnosis | null,
  mention: string | null,
): Message {
  const line = endedLine(proposal, outcome, mention === null ? 0 : mention.length + 4)
  const now =
    diagnosis === null || outcome.kind === 'resolved'
      ? []
      : [rich(sentence(words(asSentence(`Now: ${diagnosis.headline}`), 500)))]
  return fit({
    text: mentioned(mrkdwn(line, 200), mention),
    blocks: [
      rich(sentence(strong(line), ...mentionElement(mention))),
      ...(line.includes(outcome.detail) ? [] : [rich(sentence(words(outcome.detail, 900)))]),
      ...now,
      ...(outcome.kind === 'resolved' ? [] : [checkAgainButton(proposal.host)]),
    ],
  })
}

/** The root message after an action: how it ended, what it was about. */
export function rootEnded(
  proposal: Proposal,
  outcome: ActionOutcome,
  by: PressedBy | null,
  endedAt: string | null,
): Message {
  const pressed = by === null ? '' : `, approved by ${mrkdwn(by.name, 80)} at ${timeToken(by.at)}`
  const checked = endedAt === null ? '' : ` · checked at ${timeToken(endedAt)}`
  return {
    text: mrkdwn(endedLine(proposal, outcome, 0), 200),
    blocks: [
      header(`${proposal.host}: ${rootTitles[outcome.kind]}`),
      rich(sentence(words(outcome.detail, 900))),
      small(`${mrkdwn(titleOf(proposal), 120)}${pressed}${checked}`),
      small(`It was: ${mrkdwn(proposal.summary, 400)}`),
    ],
  }
}

const rootTitles: Readonly<Record<ActionOutcome['kind'], string>> = {
  resolved: 'resolved',
  'still-failing': 'still failing',
  'not-checked': 'acted, not checked',
  refused: 'nothing was done',
  failed: 'the action failed',
}

function endedLine(proposal: Proposal, outcome: ActionOutcome, room: number): string {
  const lead = `${proposal.host}: ${outcomeTitle(outcome).toLowerCase()}. `
  return inertLine(`${lead}${outcome.detail}`, 119 - room)
}

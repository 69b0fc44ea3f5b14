import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import type { ActionOutcome } from '../../jobs/post.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { thing, titleOf, wordsOf } from './action-words.ts'
import { type AfterAction, afterBlocks, nothingAfter } from './after-action.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import type { PressedBy } from './offer-states.ts'
import { header, rich, sentence, small, strong, words } from './rich.ts'
import { cutAtWord } from './shorten.ts'
import { mentioned, mentionElement } from './verdict.ts'
import { withoutHost } from './verdict-line.ts'
import { timeToken } from './when.ts'

/** The one new message when an approved action has ended. */
export function endedMessage(
  proposal: Proposal,
  outcome: ActionOutcome,
  diagnosis: Diagnosis | null,
  mention: string | null,
  after: AfterAction = nothingAfter,
): Message {
  const line = endedLine(proposal, outcome, mention === null ? 0 : mention.length + 4)
  const told = diagnosis === null || outcome.kind === 'resolved' || outcome.detail.includes(diagnosis.headline)
  const now = told ? [] : [rich(sentence(words(asSentence(`Now: ${diagnosis.headline}`), 500)))]
  return fit({
    text: mentioned(mrkdwn(line, 200), mention),
    blocks: [
      rich(sentence(strong(line), ...mentionElement(mention))),
      ...(line.endsWith(detailOf(proposal, outcome)) ? [] : [rich(sentence(words(detailOf(proposal, outcome), 900)))]),
      ...now,
      ...afterBlocks(after),
      ...(outcome.kind === 'resolved' ? [] : [checkAgainButton(proposal.diagnosed)]),
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
    outside: `*${mrkdwn(proposal.diagnosed, 60)}:* ${rootTitles[outcome.kind]}`,
    text: mrkdwn(endedLine(proposal, outcome, 0), 200),
    blocks: [
      header(`${proposal.diagnosed}: ${rootTitles[outcome.kind]}`),
      rich(sentence(words(detailOf(proposal, outcome), 900))),
      small(`${mrkdwn(titleOf(proposal), 120)}${pressed}${checked}`),
      small(`It was: ${summaryOf(proposal)}`),
    ],
  }
}

/** The time in it is shown in the reader's zone, as in every other line. */
function summaryOf({ summary, since }: Proposal): string {
  const text = mrkdwn(summary, 400)
  return since === null ? text : text.split(since.told).join(timeToken(since.at))
}

const rootTitles: Readonly<Record<ActionOutcome['kind'], string>> = {
  resolved: 'resolved',
  'still-failing': 'still failing',
  'not-checked': 'result not checked',
  refused: 'nothing was run',
  failed: 'the action failed',
  'refused-by-nginx': 'refused by nginx',
}

/** How it ended, in one line for a lock screen: "web-1: resolved by the start of checkout-api.service. Nothing is failing now." */
function endedLine(proposal: Proposal, outcome: ActionOutcome, room: number): string {
  const lead = `${inertLine(proposal.diagnosed, 40)}: ${leadOf(proposal, outcome)}.`
  const longest = 119 - room - lead.length - 1
  const detail = detailOf(proposal, outcome)
  return longest < 12 ? cutAtWord(lead, 119 - room) : `${lead} ${cutAtWord(detail, longest)}`
}

function leadOf({ action, target, host, diagnosed }: Proposal, { kind }: ActionOutcome): string {
  const { noun } = wordsOf(action)
  const at = host === diagnosed ? '' : ` on ${inertLine(host, 40)}`
  const leads: Readonly<Record<ActionOutcome['kind'], string>> = {
    resolved: `resolved by the ${noun} of ${inertLine(thing(action, target), 60)}${at}`,
    'still-failing': `still failing after the ${noun}`,
    'not-checked': `the ${noun} could not be checked`,
    refused: `the ${noun} was refused`,
    failed: `the ${noun} failed`,
    'refused-by-nginx': `the ${noun} was refused by nginx`,
  }
  return leads[kind]
}

/** What the worker says of it, without the host that the line begins with. */
function detailOf({ host }: Proposal, { detail }: ActionOutcome): string {
  return asSentence(withoutHost(inertLine(detail, 900), host))
}

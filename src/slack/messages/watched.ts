import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import type { Proposal } from '../../approval/proposal.ts'
import type { ThreadUpdate } from '../../jobs/post.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { spell } from './after-action.ts'
import { asSentence } from './as-sentence.ts'
import { titleOf } from './action-words.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { header, rich, sentence, small, strong } from './rich.ts'
import { cutAtWord } from './shorten.ts'
import { mentioned, mentionElement } from './verdict.ts'

export type Watched = Extract<ThreadUpdate, { kind: 'action-watched' }>

/** Takes the place of the announcement of the watch: "Still well after 60 s." */
export function watchedLine(update: Watched): string {
  const { outcome, seconds } = update
  if (outcome.kind === 'resolved') return `Still well after ${spell(seconds)}: ${asSentence(outcome.detail)}`
  if (outcome.kind === 'still-failing')
    return `${isSame(update) ? 'It came back' : 'Something else fails'} within ${spell(seconds)}.`
  return `Could not be checked again after ${spell(seconds)}: ${asSentence(outcome.detail)}`
}

/** A new message, because somebody must look: the fault is back. */
export function relapseMessage(update: Watched, mention: string | null): Message {
  const { proposal } = update
  const line = relapseLine(update, mention === null ? 0 : mention.length + 4)
  return fit({
    text: mentioned(mrkdwn(line, 200), mention),
    blocks: [
      rich(sentence(strong(line), ...mentionElement(mention))),
      small(`${mrkdwn(titleOf(proposal), 120)} had helped ${spell(update.seconds)} before.`),
      checkAgainButton(proposal.diagnosed),
    ],
  })
}

/** The root message after a relapse. */
export function rootRelapse(update: Watched): Message {
  const { proposal, diagnosis } = update
  return {
    text: mrkdwn(relapseLine(update, 0), 200),
    blocks: [
      header(`${proposal.diagnosed}: ${whatNow(update)}`),
      rich(sentence(strong(asSentence(headlineOf(proposal, diagnosis))))),
      small(`${mrkdwn(titleOf(proposal), 120)} had helped ${spell(update.seconds)} before.`),
    ],
  }
}

/** "web-1: it came back: checkout-api.service is down since 03:12." */
function relapseLine(update: Watched, room: number): string {
  const { proposal, diagnosis } = update
  const lead = `${inertLine(proposal.diagnosed, 40)}: ${whatNow(update)}: `
  return `${lead}${cutAtWord(asSentence(headlineOf(proposal, diagnosis)), 119 - room - lead.length)}`
}

function whatNow(update: Watched): string {
  return isSame(update) ? 'it came back' : 'something else fails now'
}

/** Another fault is told by other words than the headline alone (jobs/verify-action.ts). */
function isSame({ outcome, diagnosis }: Watched): boolean {
  return diagnosis !== null && outcome.detail === diagnosis.headline
}

function headlineOf({ summary }: Proposal, diagnosis: Diagnosis | null): string {
  return inertLine(diagnosis?.headline ?? summary, 300)
}

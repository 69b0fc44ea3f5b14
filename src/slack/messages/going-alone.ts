import type { ActionsBlock, KnownBlock } from '@slack/types'
import type { Proposal } from '../../approval/proposal.ts'
import type { Review } from '../../approval/review.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { titleOf } from './action-words.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { actionIds } from './offer.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { dayToken, timeToken } from './when.ts'

/** To the requester alone, when nobody has answered: how to go on without a second person, and what follows from it. */
export function aloneOfferMessage(proposal: Proposal): Message {
  const said = `Nobody has answered. You may go on alone: ${titleOf(proposal)}.`
  return {
    text: mrkdwn(said, 300),
    blocks: [
      rich(sentence(words(said, 300))),
      small('It asks for a written reason, is announced at once and reviewed later. Every other check stays.'),
      goAloneButton(proposal),
    ],
  }
}

export function goAloneButton(proposal: Proposal): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'go-alone',
    elements: [
      {
        type: 'button',
        action_id: actionIds.goAlone,
        text: { type: 'plain_text', text: 'Go on alone ...', emoji: false },
        accessibility_label: inertLine(`Go on alone: ${titleOf(proposal)}`, 75),
        value: proposal.id,
      },
    ],
  }
}

/** Into the channel of the policy, before it runs. */
export function announcement(review: Review, name: string): Message {
  const said = `${name} goes on alone: ${titleOf(review)}.`
  return fit({
    text: mrkdwn(said, 300),
    blocks: [rich(sentence(strong(said, 300))), ...reasonBlocks(review), reviewButton(review, 'Reviewed')],
  })
}

export function calledOff(review: Review, name: string): Message {
  const said = `${name} wanted to go on alone: ${titleOf(review)}. It did not come about: nothing was run alone.`
  return { text: mrkdwn(said, 300), blocks: [rich(sentence(words(said, 400))), ...reasonBlocks(review)] }
}

/** The announcement when somebody else has looked at it. */
export function reviewedMessage(
  review: Review,
  name: string,
  by: { readonly name: string; readonly at: string },
): Message {
  const said = `${name} went on alone: ${titleOf(review)}.`
  return fit({
    text: mrkdwn(said, 300),
    blocks: [
      rich(sentence(strong(said, 300))),
      ...reasonBlocks(review),
      small(`Reviewed by ${mrkdwn(by.name, 80)} at ${timeToken(by.at)}`),
    ],
  })
}

/** The mark in the thread of the diagnosis. */
export function wentAloneReply(review: Review, name: string): Message {
  const said = `${name} goes on alone, because nobody else has answered: ${titleOf(review)}.`
  return fit({ text: mrkdwn(said, 300), blocks: [rich(sentence(strong(said, 300))), ...reasonBlocks(review)] })
}

const mostReviews = 15

/** What still waits for somebody else to look at it. */
export function reviewsMessage(reviews: readonly { readonly review: Review; readonly name: string }[]): Message {
  if (reviews.length === 0) {
    const text = 'Nothing waits for a review: nobody went on alone, or somebody else has looked at it.'
    return { text, blocks: [rich(sentence(words(text)))] }
  }
  const shown = reviews.slice(0, mostReviews)
  const more = reviews.length - shown.length
  return fit({
    text: `${reviews.length} of what was done alone wait for a review`,
    blocks: [
      rich(sentence(strong('Done alone, and not reviewed yet'))),
      ...shown.flatMap(({ review, name }): readonly KnownBlock[] => [
        small(
          `*${mrkdwn(titleOf(review), 150)}* · ${mrkdwn(name, 80)}, ${dayToken(review.at)}: ${mrkdwn(review.reason, 200)}`,
        ),
        reviewButton(review, `Reviewed: ${titleOf(review)}`),
      ]),
      ...(more > 0 ? [small(`and ${more} more`)] : []),
    ],
  })
}

function reasonBlocks({ reason, at }: Review): readonly KnownBlock[] {
  return [
    rich(sentence(strong('Reason:'), words(reason, 500))),
    small(`Break-glass, ${dayToken(at)}. It skips the second person and nothing else.`),
  ]
}

function reviewButton(review: Review, label: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: `review:${inertLine(review.id, 128)}`,
    elements: [
      {
        type: 'button',
        action_id: actionIds.reviewed,
        text: { type: 'plain_text', text: inertLine(label, 75), emoji: false },
        accessibility_label: inertLine(`I have reviewed: ${titleOf(review)}`, 75),
        value: review.id,
      },
    ],
  }
}

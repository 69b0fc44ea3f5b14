import type { KnownBlock } from '@slack/types'
import type { ActionOutcome } from '../../jobs/post.ts'
import type { Proposal } from '../../approval/proposal.ts'
import { mrkdwn } from '../escape.ts'
import { doingOf, titleOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { byHandBlock, checkAgainButton, offerPrefix } from './offer.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { withoutHost } from './verdict-line.ts'
import { timeToken } from './when.ts'

/** Who pressed and when; `name` is what people call them, never an id in view, never a mention. */
export interface PressedBy {
  readonly name: string
  readonly at: string
}

/** In place of the button, while the action runs. */
export function runningBlocks(proposal: Proposal, by: PressedBy): readonly KnownBlock[] {
  return [
    {
      ...rich(sentence(strong(`${doingOf(proposal)}…`))),
      block_id: `${offerPrefix}running`,
    },
    { ...small(`Approved by ${who(by)}`), block_id: `${offerPrefix}running-by` },
  ]
}

const outcomeWords: Readonly<Record<ActionOutcome['kind'], string>> = {
  resolved: 'Resolved',
  'still-failing': 'Still failing',
  'not-checked': 'Could not be checked',
  refused: 'Refused',
  failed: 'Failed',
  'refused-by-nginx': 'Refused by nginx',
}

/** In place of the button, when the action has ended. What did not help leaves a way on: by hand, or a fresh look. */
export function endedBlocks(proposal: Proposal, outcome: ActionOutcome, by: PressedBy | null): readonly KnownBlock[] {
  const id = `${offerPrefix}${outcome.kind}`
  const said = sentence(
    strong(`${outcomeWords[outcome.kind]}:`),
    words(asSentence(withoutHost(outcome.detail, proposal.host)), 600),
  )
  const notDone = outcome.kind === 'refused' || outcome.kind === 'failed'
  return [
    { ...rich(said), block_id: id },
    {
      ...small(`${mrkdwn(titleOf(proposal), 120)}${by === null ? '' : ` · approved by ${who(by)}`}`),
      block_id: `${id}-by`,
    },
    ...(notDone ? [{ ...byHandBlock(proposal), block_id: `${id}-by-hand` }] : []),
    ...(outcome.kind === 'resolved' ? [] : [checkAgainButton(proposal.diagnosed)]),
  ]
}

/** In place of the button, when the offer is over without a press that counted. */
export function lapsedBlocks(
  proposal: Proposal,
  why: 'expired' | 'superseded',
  { asked }: { readonly asked: boolean } = { asked: proposal.state.kind === 'asked' },
): readonly KnownBlock[] {
  const said =
    why === 'expired' ? expiredWords(proposal, asked) : 'a newer diagnosis of this host took the place of this offer.'
  return [
    { ...small(`${mrkdwn(titleOf(proposal), 140)}: ${said}`), block_id: `${offerPrefix}${why}` },
    checkAgainButton(proposal.diagnosed),
  ]
}

/** One for which another person was asked ended later than it would have without. */
function expiredWords(proposal: Proposal, wasAsked: boolean): string {
  const { state } = proposal
  const at = state.kind === 'expired' ? state.at : state.kind === 'asked' ? state.until : proposal.expiresAt
  const asked = wasAsked || (state.kind === 'expired' && state.at > proposal.expiresAt)
  const nobody = asked ? 'nobody else has approved it, and ' : ''
  return `${nobody}the offer ended at ${timeToken(at)}, because what was seen may no longer hold.`
}

/** The message with its offer replaced; what was said above it stays as it was. */
export function withOffer<B extends { readonly block_id?: string }>(
  blocks: readonly B[],
  offer: readonly KnownBlock[],
): readonly (B | KnownBlock)[] {
  const at = blocks.findIndex(isOffer)
  const rest = blocks.filter((block) => !isOffer(block))
  if (at === -1) return [...rest, ...offer]
  return [...rest.slice(0, at), ...offer, ...rest.slice(at)]
}

function isOffer(block: { readonly block_id?: string }): boolean {
  return block.block_id?.startsWith(offerPrefix) === true
}

function who({ name, at }: PressedBy): string {
  return `${mrkdwn(name, 80)} at ${timeToken(at)}`
}

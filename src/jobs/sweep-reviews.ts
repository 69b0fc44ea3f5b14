import type { Proposal } from '../approval/proposal.ts'
import type { ProposalStore } from '../approval/proposal-store.ts'
import type { Review } from '../approval/review.ts'
import type { Logger } from '../log.ts'
import type { ReviewStore } from './review-store.ts'
import type { TellApproval } from './tell-approval.ts'

export interface ReviewSweepParts {
  readonly proposals: ProposalStore
  readonly reviews: ReviewStore
  readonly tell: TellApproval
  readonly callOff: (review: Review) => Promise<void>
  readonly log: Logger
  readonly now: () => Date
}

/** Longer than a press takes that is still on its way, ms. */
const patienceMs = 60_000

/** What a bot announced and died over: it is open for review when it was approved, and called off when it was not. */
export async function sweepReviews({ callOff, log, now, proposals, reviews, tell }: ReviewSweepParts): Promise<void> {
  const pending = (await reviews.all()).filter(({ state }) => state === 'pending')
  for (const review of pending.filter(({ at }) => now().getTime() - Date.parse(at) > patienceMs)) {
    try {
      const found = await proposals.find(review.id)
      if (found && wasApprovedAlone(found.proposal, review)) {
        await reviews.save({ ...review, state: 'open' })
        await tell.wentAlone(found.proposal, review)
        continue
      }
      await reviews.giveTurnBack(review.host, review.id)
      // First, and as often as needed: what is off the list nobody calls off any more.
      await callOff(review)
      await reviews.remove(review.id)
    } catch (error) {
      log.warn({ err: error, proposal: review.id }, 'a pending review could not be looked after')
    }
  }
}

function wasApprovedAlone({ state }: Proposal, { by }: Review): boolean {
  if (state.kind === 'proposed' || state.kind === 'asked' || !('by' in state)) return false
  return state.by.length === 1 && state.by[0] === by
}

import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { AnswerChange } from '../diagnosis/site-answer.ts'
import type { Progress } from '../diagnosis/progress.ts'
import type { FleetRun } from '../approval/fleet-run.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Past } from '../history/past.ts'
import type { Review } from '../approval/review.ts'

export type { Progress }

/** How an approved action ended; `resolved` needs the same rule quiet and a live request that is answered by the backend. */
export type ActionOutcome =
  | { readonly kind: 'resolved'; readonly detail: string }
  | { readonly kind: 'still-failing'; readonly detail: string }
  | { readonly kind: 'not-checked'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string }
  /** nginx took the signal, said no, and goes on with the configuration of before. */
  | { readonly kind: 'refused-by-nginx'; readonly detail: string }

/** What the worker has to say to one thread. The bot turns it into messages; it never travels unredacted. */
export type ThreadUpdate =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | {
      readonly kind: 'diagnosis'
      readonly diagnosis: Diagnosis
      readonly proposal: Proposal | null
      /** Under which it is remembered; absent in what a version before said. */
      readonly diagnosisId?: string
      /** What is remembered of the same trouble; absent where there is nothing. */
      readonly past?: Past
    }
  | { readonly kind: 'action-started'; readonly proposal: Proposal }
  | {
      readonly kind: 'action-ended'
      readonly proposal: Proposal
      readonly outcome: ActionOutcome
      readonly diagnosis: Diagnosis | null
      /** Live requests before and after it. */
      readonly answers?: readonly AnswerChange[]
      /** The host is looked at again after so many seconds; absent: it is not. */
      readonly watchSeconds?: number
    }
  /** The host was looked at again, this long after a cure. */
  | {
      readonly kind: 'action-watched'
      readonly proposal: Proposal
      readonly outcome: ActionOutcome
      readonly diagnosis: Diagnosis | null
      readonly seconds: number
    }
  /** Of the bot: another person is asked for. `ask`: Slack ids of people and user groups that are called now, for the state that the proposal is in. */
  | { readonly kind: 'approval-asked'; readonly proposal: Proposal; readonly ask: readonly string[] }
  /** Of the bot: nobody approved it in time, or a newer diagnosis took its place. */
  | { readonly kind: 'approval-lapsed'; readonly proposal: Proposal; readonly askedBy: string | null }
  /** Of the bot: nobody answered, so this person is shown, alone, how to go on alone. */
  | { readonly kind: 'alone-offered'; readonly proposal: Proposal; readonly to: string }
  /** Of the bot: somebody has gone on alone. */
  | { readonly kind: 'went-alone'; readonly proposal: Proposal; readonly review: Review }
  /** Of the bot: how an action on several hosts goes. `ask`: as in approval-asked. */
  | { readonly kind: 'fleet-run'; readonly run: FleetRun; readonly ask: readonly string[] }
  /** Of the bot: the alerts of this thread changed. How they are by now stands in Redis. */
  | { readonly kind: 'alerts' }
  | { readonly kind: 'failed'; readonly host: string; readonly message: string; readonly next: string }

/** One update of one thread; an older revision than the last applied one is dropped. */
export interface Post {
  readonly threadId: string
  readonly revision: number
  readonly update: ThreadUpdate
}

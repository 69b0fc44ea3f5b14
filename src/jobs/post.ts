import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Progress } from '../diagnosis/progress.ts'
import type { Proposal } from '../approval/proposal.ts'

export type { Progress }

/** How an approved action ended; `resolved` needs the same rule quiet and a live request that is answered by the backend. */
export type ActionOutcome =
  | { readonly kind: 'resolved'; readonly detail: string }
  | { readonly kind: 'still-failing'; readonly detail: string }
  | { readonly kind: 'not-checked'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string }

/** What the worker has to say to one thread. The bot turns it into messages; it never travels unredacted. */
export type ThreadUpdate =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | {
      readonly kind: 'diagnosis'
      readonly diagnosis: Diagnosis
      readonly proposal: Proposal | null
    }
  | { readonly kind: 'action-started'; readonly proposal: Proposal }
  | {
      readonly kind: 'action-ended'
      readonly proposal: Proposal
      readonly outcome: ActionOutcome
      readonly diagnosis: Diagnosis | null
    }
  | { readonly kind: 'failed'; readonly host: string; readonly message: string; readonly next: string }

/** One update of one thread; an older revision than the last applied one is dropped. */
export interface Post {
  readonly threadId: string
  readonly revision: number
  readonly update: ThreadUpdate
}

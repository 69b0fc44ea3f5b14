import type { ActionId } from '../diagnosis/diagnosis.ts'
import type { CauseId } from '../diagnosis/cause.ts'

/**
 * An offered action, bound to what was shown. Made by the worker with the diagnosis, kept in Redis, claimed once by a click.
 * States go one way: proposed -> claimed -> running -> succeeded | failed | refused; proposed -> expired | superseded.
 */
export interface Proposal {
  /** Opaque: 128 random bits, hex. The button carries it and nothing else. */
  readonly id: string
  /** Where it acts. */
  readonly host: string
  /** The nginx host whose diagnosis asked for it, and that is examined again after it. */
  readonly diagnosed: string
  readonly action: ActionId
  /** The unit acted on. */
  readonly target: string
  /** The finding it would cure. */
  readonly cause: CauseId
  readonly summary: string
  /** When the trouble began: as the summary tells it by the host's clock ("03:04 UTC"), and as an ISO instant for readers elsewhere. */
  readonly since: { readonly told: string; readonly at: string } | null
  /** What will run, for the confirm dialog: ["systemctl", "start", "checkout-api.service"]. */
  readonly argv: readonly string[]
  /** Effect and risk in words: "starts the stopped unit; nothing that runs is touched". */
  readonly effect: string
  /** State of the target as diagnosed; the host compares it again in the same script that acts. */
  readonly guard: string
  readonly threadId: string
  readonly diagnosisId: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly state: ProposalState
}

export type ProposalState =
  | { readonly kind: 'proposed' }
  | { readonly kind: 'claimed'; readonly by: string; readonly at: string }
  | { readonly kind: 'running'; readonly by: string; readonly at: string }
  | { readonly kind: 'succeeded'; readonly by: string; readonly at: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly by: string; readonly at: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly by: string; readonly at: string; readonly detail: string }
  | { readonly kind: 'expired'; readonly at: string }
  | { readonly kind: 'superseded'; readonly at: string }

import type { LoadedFile } from '../actions/outlook.ts'
import type { ActionId } from '../diagnosis/diagnosis.ts'
import type { SiteAnswer } from '../diagnosis/site-answer.ts'
import type { CauseId } from '../diagnosis/cause.ts'
import type { Signed } from '../signing/signed.ts'
import type { Press } from './policy/decide.ts'

/**
 * An offered action, bound to what was shown. Made by the worker with the diagnosis, kept in Redis, claimed once by a click.
 * States go one way: proposed -> (asked ->) claimed -> running -> succeeded | failed | refused; proposed | asked -> expired | superseded.
 */
export interface Proposal {
  /** Opaque: 128 random bits, hex; the button carries it and nothing else. */
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
  /** Changes by others that come into force with it; null: they could not be seen. Empty where it loads no configuration of nginx. */
  readonly alsoLoads: readonly LoadedFile[] | null
  /** The same was done lately for the same trouble and did not hold: how long it helped each time, ms (0: not at all), oldest first. */
  readonly notHeld?: { readonly lastedMs: readonly number[]; readonly days: number }
  /** How nginx answered then. */
  readonly answers?: readonly SiteAnswer[]
  /** State of the target as diagnosed; the host compares it again in the same script that acts. */
  readonly guard: string
  /** Slack user id of who asked for the diagnosis; null: an alert did. */
  readonly requester: string | null
  readonly threadId: string
  readonly diagnosisId: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly state: ProposalState
}

export type ProposalState =
  | { readonly kind: 'proposed' }
  | Asked
  | Claimed
  | Running
  | { readonly kind: 'succeeded'; readonly by: readonly string[]; readonly at: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly by: readonly string[]; readonly at: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly by: readonly string[]; readonly at: string; readonly detail: string }
  /** `at`: when the offer ended, whenever that was noticed. */
  | { readonly kind: 'expired'; readonly at: string }
  | { readonly kind: 'superseded'; readonly at: string }

/** Somebody pressed, and another person is needed. */
export interface Asked {
  readonly kind: 'asked'
  /** Who pressed, whether or not his press counts as one of those that are needed. */
  readonly by: string
  readonly at: string
  /** The presses that count so far. */
  readonly presses: readonly Press[]
  /** The offer is good for that long now. */
  readonly until: string
  /** How many contacts of the policy were asked after the approvers. */
  readonly contacted: number
  /** What the bot signed of it: who can write to Redis must not be able to add a press. */
  readonly seal: Signed
}

/** The approval stays with it: whoever settles it later must not believe Redis that somebody had approved it. */
export interface Running {
  readonly kind: 'running'
  readonly by: readonly string[]
  readonly at: string
  readonly approval: Signed
}

export interface Claimed {
  readonly kind: 'claimed'
  /** Slack user ids, the last one made it enough. */
  readonly by: readonly string[]
  readonly at: string
  /** What the bot signed: the worker acts on nothing less. */
  readonly approval: Signed
}

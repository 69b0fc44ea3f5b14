import type { CauseId } from '../diagnosis/cause.ts'
import type { Press } from '../approval/policy/decide.ts'
import type { ActionId } from '../diagnosis/diagnosis.ts'

/** What an action was about; the same in each of its records. */
export interface AuditSubject {
  readonly proposal: string
  readonly host: string
  readonly action: ActionId
  readonly target: string
  readonly cause: CauseId
  readonly argv: readonly string[]
  readonly guard: string
  /** Slack user ids of who approved, the last one made it enough. */
  readonly by: readonly string[]
  /** When the click was taken, ISO. */
  readonly claimedAt: string
}

/** One step of an action. `started` is on disk before anything runs; an action without an `ended` was interrupted. */
export type AuditStep =
  | { readonly step: 'started'; readonly presses: readonly Press[] }
  | { readonly step: 'ran'; readonly result: string; readonly exitCode: number | null; readonly seen: string }
  | { readonly step: 'ended'; readonly outcome: string; readonly detail: string }
  /** The worker that started it was lost; another one asked the host. */
  | { readonly step: 'settled'; readonly outcome: string; readonly detail: string }

/** What somebody tried and was not let: a press, or something in Redis that no part of Gatemedic wrote. */
export interface TurnedAway {
  readonly step: 'turned-away'
  readonly what: 'press' | 'proposal' | 'approval' | 'update'
  /** Id of the proposal or thread. */
  readonly about: string
  readonly subject: { readonly host: string; readonly action: ActionId; readonly target: string } | null
  readonly by: string | null
  readonly because: string
}

export type AuditEntry = ((AuditSubject & AuditStep) | TurnedAway) & { readonly at: string }

/** A line of the file. `hash` is the sha256 of the line's other fields, `previous` the hash of the line before it. */
export type AuditLine = AuditEntry & { readonly seq: number; readonly previous: string; readonly hash: string }

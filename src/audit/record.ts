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
  /** `run`: of the approval for several hosts that it was a part of. */
  | { readonly step: 'started'; readonly presses: readonly Press[]; readonly run?: string }
  | { readonly step: 'ran'; readonly result: string; readonly exitCode: number | null; readonly seen: string }
  | { readonly step: 'ended'; readonly outcome: string; readonly detail: string }
  /** The worker that started it was lost; another one asked the host. */
  | { readonly step: 'settled'; readonly outcome: string; readonly detail: string }
  /** How the host was when the watch after a cure was over. */
  | { readonly step: 'watched'; readonly outcome: string; readonly detail: string }

/** What somebody tried and was not let: a press, or something in Redis that no part of Gatemedic wrote. */
export interface TurnedAway {
  readonly step: 'turned-away'
  readonly what: 'press' | 'proposal' | 'approval' | 'update' | 'request' | 'job' | 'watch'
  /** Id of the proposal or thread. */
  readonly about: string
  readonly subject: { readonly host: string; readonly action: ActionId; readonly target: string } | null
  readonly by: string | null
  readonly because: string
}

/** A crash left half a line at the end of this file; it was put beside it. */
export interface SetAside {
  readonly step: 'set-aside'
  readonly file: string
  readonly bytes: number
}

/** Where another chain stood, as its own writer signed it: whoever cuts that one must change this one as well. */
export interface Witnessed {
  readonly step: 'witnessed'
  readonly writer: string
  readonly seqThere: number
  readonly hashThere: string
}

/** Of the bot: somebody goes on alone (break-glass) because nobody else answered. Written before it is approved. */
export interface WentAlone {
  readonly step: 'alone'
  readonly proposal: string
  readonly host: string
  readonly action: ActionId
  readonly target: string
  /** Slack user id. */
  readonly by: string
  readonly reason: string
}

/** Of the bot: another approver has looked at what was done alone. */
export interface Reviewed {
  readonly step: 'reviewed'
  readonly proposal: string
  readonly host: string
  readonly action: ActionId
  readonly target: string
  readonly by: string
}

/** Somebody froze changes in chat, lifted a freeze, or was not let. */
export interface FreezeChange {
  readonly step: 'frozen' | 'unfrozen' | 'unfreeze-refused'
  /** A host of the inventory, "group:edge", or "all". */
  readonly on: string
  readonly freezes: readonly string[]
  /** ISO instant; null: until it is lifted. */
  readonly until: string | null
  readonly by: string
  readonly because: string
}

/** Somebody muted alerts in chat, or ended that. */
export interface MuteChange {
  readonly step: 'muted' | 'unmuted'
  /** A host of the inventory, "group:edge", or "all". */
  readonly on: string
  readonly mutes: readonly string[]
  /** ISO instant; null: it is ended. */
  readonly until: string | null
  readonly by: string
  readonly because: string
}

export type AuditEntry = (
  | (AuditSubject & AuditStep)
  | TurnedAway
  | FreezeChange
  | MuteChange
  | WentAlone
  | Reviewed
  | SetAside
  | Witnessed
) & { readonly at: string }

/** A line of the file. `hash` is the sha256 of the line's other fields, `previous` the hash of the line before it. */
export type AuditLine = AuditEntry & { readonly seq: number; readonly previous: string; readonly hash: string }

import type { ActionId } from '../diagnosis/diagnosis.ts'

/** How an action ended, as the worker says it. */
export type RunOutcome = 'resolved' | 'still-failing' | 'not-checked' | 'refused' | 'failed' | 'refused-by-nginx'

/** How one host of a run stands. Times are ISO instants. */
export type MemberState =
  | { readonly kind: 'waiting' }
  /** Its turn has come; written down before its action is approved. */
  | { readonly kind: 'starting'; readonly at: string }
  /** Its action is approved and queued. */
  | { readonly kind: 'running'; readonly at: string }
  | { readonly kind: 'ended'; readonly outcome: RunOutcome; readonly detail: string; readonly at: string }
  /** Not approved when its turn came: this run did nothing to it. */
  | { readonly kind: 'left'; readonly because: string; readonly at: string }

export interface RunMember {
  /** Id of its proposal. */
  readonly proposal: string
  /** sha256 (hex) of the proposal's signed text. */
  readonly hash: string
  readonly host: string
  readonly state: MemberState
}

/** A person who pressed the button of a run. His groups are asked for again at each turn. */
export interface RunPress {
  /** Slack user id. */
  readonly by: string
  readonly at: string
  readonly channel: string | null
}

/** Why nothing more is begun, and at which host; null: it is not about one host. */
export interface Stop {
  readonly host: string | null
  readonly because: string
}

export type RunState =
  | { readonly kind: 'offered' }
  /** Somebody pressed, and another person is needed. As for one proposal (Asked). */
  | {
      readonly kind: 'asked'
      readonly by: string
      readonly at: string
      readonly until: string
      readonly contacted: number
    }
  /** `until`: nothing is begun later; `progressAt`: when something was last heard of it. */
  | {
      readonly kind: 'going'
      readonly at: string
      readonly until: string
      readonly progressAt: string
      readonly stop: Stop | null
    }
  | { readonly kind: 'ended'; readonly at: string; readonly stop: Stop | null }
  | { readonly kind: 'expired'; readonly at: string }

/**
 * One approval for the same action on several hosts, run a few at a time in the order of `members`, until one of them is not cured. It holds no right:
 * each host's proposal is approved when its turn comes, decided anew. Kept in Redis, signed by the bot.
 */
export interface FleetRun {
  /** Opaque; the button carries it and nothing else. */
  readonly id: string
  readonly threadId: string
  /** The diagnosis of the first member, whose threads are told how it goes. */
  readonly diagnosisId: string
  readonly action: ActionId
  readonly target: string
  readonly argv: readonly string[]
  readonly members: readonly RunMember[]
  readonly atOnce: number
  readonly createdAt: string
  /** When the first of its proposals runs out. */
  readonly expiresAt: string
  /** Who pressed and counts so far; the last one made it enough. */
  readonly presses: readonly RunPress[]
  readonly state: RunState
  /** Counts its changes, so that each is told once. */
  readonly revision: number
}

/** A run whose approval came in time may begin its last host this many minutes later, although the offers themselves are shorter. */
export const runMinutes = 30

/** A run of which nothing was heard for so many minutes ends. */
export const silentMinutes = 15

/** Hosts of one run: as many as a fleet may have (fleetHosts in the configuration), so that pace and stop of one approval hold over all of them. */
export const mostMembers = 1000

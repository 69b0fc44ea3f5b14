import type { ActionId } from '../diagnosis/diagnosis.ts'

/** Somebody went on alone (break-glass): announced before it runs, and listed until another person has reviewed it. */
export interface Review {
  /** Id of the proposal. */
  readonly id: string
  readonly host: string
  readonly action: ActionId
  readonly target: string
  /** Slack user id. */
  readonly by: string
  readonly reason: string
  readonly at: string
  /** Channel that heard of it. */
  readonly channel: string
  /** pending: announced, and not yet known to be approved. */
  readonly state: 'pending' | 'open'
}

/** Seconds in which a host may be acted on alone once. */
export const aloneSeconds = 3600

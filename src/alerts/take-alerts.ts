import type { MappedAlert } from './alert.ts'

/**
 * What became of an alert, in the order of the batch. `threadId` is the conversation that has it: opened (a diagnosis is
 * on its way), joined (its host has one, it is counted there), adopted (it came by its own message in Slack while the same
 * host's alert still waited: the conversation is now the thread of that message).
 */
export type AlertTaken =
  | { readonly kind: 'opened' | 'joined' | 'adopted'; readonly threadId: string }
  /** The same outbreak again: counted, nothing else. */
  | { readonly kind: 'repeated'; readonly threadId: string }
  | { readonly kind: 'resolved'; readonly threadId: string }
  /** Counted, not diagnosed: silenced or inhibited at the sender, muted here. */
  | { readonly kind: 'suppressed' | 'muted'; readonly reason: string }
  /** Nothing to do: resolved, and nobody here knows it. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Nobody hears of it: no channel is configured. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Takes a batch: when it resolves, all of it is safe in Redis and is brought to an end by whichever bot lives; sent again,
 * it changes nothing. Rejects with QueueUnreachableError when Redis does not answer: then the sender must send it again.
 */
export type TakeAlerts = (batch: readonly MappedAlert[]) => Promise<readonly AlertTaken[]>

/**
 * Seconds that an alert by webhook for this channel waits for its own message in Slack, before a thread of its own is
 * opened. Hosts that alert meanwhile in the same channel are looked at together. A message that comes in time takes the
 * conversation over (adopted); one that comes later joins, and its thread is told where the answer is.
 */
export type WaitFor = (channel: string) => number

import type { ShownStep } from '../audit/steps-of.ts'
import type { Said } from '../history/said.ts'
import type { Tally, Truth } from '../history/tally.ts'
import type { HistoryEntry } from '../history/entry.ts'
import type { Thread } from './thread.ts'

/** Where the buttons of a diagnosis stand. */
export interface FeedbackPlace {
  /** One, or those of hosts that have the same answer. */
  readonly diagnoses: readonly string[]
  /** Of ours. */
  readonly threadId: string
  /** Slack's. */
  readonly channel: string
  readonly threadTs: string
}

export type Opinion =
  | { readonly said: 'right' | 'wrong' }
  /** In the person's own words, where he wrote some. */
  | { readonly said: 'something-else'; readonly truth: Truth; readonly note: string }

export type OpinionTaken =
  | { readonly kind: 'noted'; readonly tally: Tally }
  /** The diagnosis is not known any more. */
  | { readonly kind: 'unknown' }

/** All that is known of one incident, for its record. */
export interface IncidentSources {
  readonly said: Said
  readonly thread: Thread | null
  /** Of its host since it was asked for, oldest first. */
  readonly entries: readonly HistoryEntry[]
  /** What the audit says of the actions that were offered in the thread, oldest first. */
  readonly steps: readonly ShownStep[]
}

/** What people say about diagnoses, as Slack asks for it. Rejects with QueueUnreachableError when Redis does not answer. */
export interface FeedbackDesk {
  /** What the buttons carry: the ids, and the bot's signature over them and the conversation. */
  readonly seal: (place: FeedbackPlace) => string
  /** Null: no bot of ours has put this button into this conversation. */
  readonly open: (
    value: string,
    at: Pick<FeedbackPlace, 'channel' | 'threadTs'>,
  ) => Pick<FeedbackPlace, 'diagnoses' | 'threadId'> | null
  /** The same is noted of each of them. */
  readonly take: (diagnoses: readonly string[], by: string, opinion: Opinion) => Promise<OpinionTaken>
  /** Of the first: they are judged together. */
  readonly tally: (diagnoses: readonly string[]) => Promise<Tally>
  /** Of the first. Null: it is not known any more. */
  readonly incident: (place: Pick<FeedbackPlace, 'diagnoses' | 'threadId'>) => Promise<IncidentSources | null>
}

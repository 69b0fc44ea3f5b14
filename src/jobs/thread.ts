import type { Requester } from './request.ts'

/** A conversation in Slack that gets the updates of a diagnosis. The bot makes it before the job is queued and keeps it up to date while it posts. */
export interface Thread {
  readonly id: string
  /** Slack channel id. */
  readonly channel: string
  /** Message that is edited in place (progress, then the summary); null until it was posted. */
  readonly rootTs: string | null
  /** Thread that replies go to; null until it is known. Differs from rootTs when a mention inside a thread is answered there. */
  readonly threadTs: string | null
  readonly requester: Requester
  /** root: a message of its own; reply: inside the thread of a mention; response: only by response_url, to the person alone. */
  readonly via: ThreadVia
  /** Revision of the newest update that was delivered; 0 before the first. */
  readonly appliedRevision: number
  /** Message key ("verdict", "evidence-1", ...) -> ts of the message that carries it. */
  readonly posted: Readonly<Record<string, string>>
  /** Set where several hosts answer in one thread (FleetStore): what was asked for, as people read it. */
  readonly fleet?: string
  /** Set where answers come by the clock: of a watch, which tells what changes, or of a sweep, which tells all at the end. */
  readonly look?: ThreadLook
}

export type ThreadLook = 'watch' | 'sweep'

export type ThreadVia = 'root' | 'reply' | 'response'

export type NewThread = Pick<Thread, 'id' | 'channel' | 'rootTs' | 'threadTs' | 'requester' | 'via' | 'look'>

/**
 * Threads outlive processes: they are kept for 14 days. Every method rejects with QueueUnreachableError when Redis does
 * not answer within 3 s.
 */
export interface ThreadStore {
  /** Saves a new thread, in one step; one that stands already is left as it is. The response URL is a secret, it is kept apart and forgotten after 30 minutes (Slack's own limit). */
  readonly open: (thread: NewThread, responseUrl?: string) => Promise<void>
  readonly find: (id: string) => Promise<Thread | null>
  readonly responseUrl: (id: string) => Promise<string | null>
  /** Changes where the thread lives, for example after the root message got its ts or when the bot turned out not to be a member. */
  readonly place: (id: string, place: Partial<Pick<Thread, 'channel' | 'rootTs' | 'threadTs' | 'via'>>) => Promise<void>
  /** Remembers that the message `key` exists, so that a repeat edits it instead of posting it again. */
  readonly remember: (id: string, key: string, ts: string) => Promise<void>
}

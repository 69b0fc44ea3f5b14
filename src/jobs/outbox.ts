import type { RedisClient } from '../redis.ts'
import { keys as names } from './keys.ts'
import type { Keys } from '../signing/key-files.ts'
import { readOutboxEntry } from './payload.ts'
import type { Post } from './post.ts'

/** What is still to be said to a thread, oldest first. Written by the diagnosis board, emptied by drain.ts. */
export interface Outbox {
  readonly first: (threadId: string) => Promise<Waiting | null>
  /** Takes this very entry out; a newer one that took its place stays. */
  readonly remove: (threadId: string, waiting: Waiting) => Promise<void>
  /** Threads that have something to say. */
  readonly waiting: () => Promise<readonly string[]>
}

export interface Waiting {
  readonly entry: string
  /** A text when the entry cannot be read or was not written by a side of ours: it is dropped, or it would hold up everything behind it. */
  readonly post: Post | { readonly because: string }
}

export function createOutbox(client: RedisClient, keys: Pick<Keys, 'bot' | 'worker'>): Outbox {
  return {
    first: async (threadId) => {
      const entry = await client.lindex(names.outbox(threadId), 0)
      return entry === null ? null : { entry, post: readEntry(threadId, entry, keys) }
    },
    remove: async (threadId, { entry }) => {
      await client.eval(removeScript, 2, names.outbox(threadId), names.outboxes, entry, threadId)
    },
    waiting: () => client.smembers(names.outboxes),
  }
}

/** KEYS outbox, set of outboxes; ARGV entry, thread. */
const removeScript = `
redis.call('LREM', KEYS[1], 1, ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SREM', KEYS[2], ARGV[2]) end
return 1`

function readEntry(threadId: string, entry: string, keys: Pick<Keys, 'bot' | 'worker'>): Waiting['post'] {
  try {
    return readOutboxEntry(threadId, entry, keys)
  } catch (error) {
    // The drain notes and drops it: there is nobody who could mend it.
    return { because: error instanceof Error ? error.message : String(error) }
  }
}

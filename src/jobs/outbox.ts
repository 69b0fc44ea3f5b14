import type { RedisClient } from '../redis.ts'
import { keys } from './keys.ts'
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
  /** Null when the entry cannot be read: it is dropped, or it would hold up everything behind it. */
  readonly post: Post | null
}

export function createOutbox(client: RedisClient): Outbox {
  return {
    first: async (threadId) => {
      const entry = await client.lindex(keys.outbox(threadId), 0)
      return entry === null ? null : { entry, post: readOrNull(threadId, entry) }
    },
    remove: async (threadId, { entry }) => {
      await client.eval(removeScript, 2, keys.outbox(threadId), keys.outboxes, entry, threadId)
    },
    waiting: () => client.smembers(keys.outboxes),
  }
}

/** KEYS outbox, set of outboxes; ARGV entry, thread. */
const removeScript = `
redis.call('LREM', KEYS[1], 1, ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SREM', KEYS[2], ARGV[2]) end
return 1`

function readOrNull(threadId: string, entry: string): Post | null {
  try {
    return readOutboxEntry(threadId, entry)
  } catch {
    // The drain logs and drops it: there is nobody who could mend it.
    return null
  }
}

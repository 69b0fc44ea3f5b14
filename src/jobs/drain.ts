import type { Logger } from '../log.ts'
import { type Deliver, UndeliverableError } from './desk.ts'
import type { Outbox } from './outbox.ts'
import type { ThreadUpdate } from './post.ts'
import type { NoteRefusal } from './refusals.ts'
import type { Applied } from './thread-store.ts'
import type { ThreadStore } from './thread.ts'

export interface DrainParts {
  readonly outbox: Outbox
  readonly threads: ThreadStore & { readonly applied: Applied }
  /** Hears every genuine update before it is shown; what it rejects is heard again. */
  readonly hear?: (update: ThreadUpdate) => Promise<void>
  readonly deliver: Deliver
  /** Hears of what was dropped because it is not what a side of ours wrote. */
  readonly note: NoteRefusal
  readonly log: Logger
}

/**
 * Delivers everything in the outbox of one thread, in order. Rejects when a delivery fails; the rest waits and is tried
 * again by the queue. What was delivered before a crash is delivered again or dropped by its revision, never lost.
 */
export async function drain(threadId: string, parts: DrainParts): Promise<void> {
  const { outbox, threads, deliver, hear, note, log } = parts
  for (;;) {
    const waiting = await outbox.first(threadId)
    if (!waiting) return
    const thread = await threads.find(threadId)
    const { post } = waiting
    if (hear && 'update' in post) await hear(post.update)
    if ('because' in post) {
      await note({ what: 'update', about: threadId, proposal: null, by: null, because: post.because })
    } else if (!thread) {
      log.error({ thread: threadId }, 'post dropped: its thread is not known')
    } else if (post.revision > thread.appliedRevision) {
      await deliver(post, thread).catch((error: unknown) => {
        if (!(error instanceof UndeliverableError)) throw error
        log.error({ thread: threadId, revision: post.revision, err: error }, 'post given up')
      })
      await threads.applied(threadId, post.revision)
    }
    await outbox.remove(threadId, waiting)
  }
}

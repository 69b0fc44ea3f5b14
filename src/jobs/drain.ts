import type { Logger } from '../log.ts'
import { type Deliver, UndeliverableError } from './desk.ts'
import type { Outbox } from './outbox.ts'
import type { Applied } from './thread-store.ts'
import type { ThreadStore } from './thread.ts'

export interface DrainParts {
  readonly outbox: Outbox
  readonly threads: ThreadStore & { readonly applied: Applied }
  readonly deliver: Deliver
  readonly log: Logger
}

/**
 * Delivers everything in the outbox of one thread, in order. Rejects when a delivery fails; the rest waits and is tried
 * again by the queue. What was delivered before a crash is delivered again or dropped by its revision, never lost.
 */
export async function drain(threadId: string, { outbox, threads, deliver, log }: DrainParts): Promise<void> {
  for (;;) {
    const waiting = await outbox.first(threadId)
    if (!waiting) return
    const thread = await threads.find(threadId)
    if (!waiting.post || !thread) {
      log.error({ thread: threadId, known: thread !== null }, 'post dropped: its thread or its text cannot be read')
    } else if (waiting.post.revision > thread.appliedRevision) {
      await deliver(waiting.post, thread).catch((error: unknown) => {
        if (!(error instanceof UndeliverableError)) throw error
        log.error({ thread: threadId, revision: waiting.post?.revision, err: error }, 'post given up')
      })
      await threads.applied(threadId, waiting.post.revision)
    }
    await outbox.remove(threadId, waiting)
  }
}

import { Queue, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type PostJob, readPostJob } from './payload.ts'
import { type Closable, lease, quietly } from './queue-options.ts'

const name = 'post'

export interface PostQueue extends Closable {
  /** Has the thread's outbox looked at. One look per thread at a time; what comes meanwhile is looked at right after. */
  readonly wake: (threadIds: readonly string[]) => Promise<void>
}

export function createPostQueue(client: RedisClient, log: Logger): PostQueue {
  const queue = new Queue<PostJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return {
    wake: async (threadIds) => {
      await queue.addBulk(threadIds.map((threadId) => ({ name, data: { threadId }, opts: optionsFor(threadId) })))
    },
    close: () => queue.close(),
  }
}

function optionsFor(threadId: string) {
  return {
    deduplication: { id: threadId, keepLastIfActive: true },
    // What Slack will never take is given up where it is known (drain.ts); anything else is tried until it is said.
    attempts: 1_000_000,
    backoff: { type: 'custom' },
    removeOnComplete: true,
    removeOnFail: { count: 100 },
  } as const
}

/** 1, 2, 4, ... 30 s. */
export function backoffMs(attemptsMade: number): number {
  return Math.min(1000 * 2 ** Math.min(attemptsMade - 1, 10), 30_000)
}

export function startPostWorker(
  client: RedisClient,
  work: (threadId: string) => Promise<void>,
  { log, concurrency }: { readonly log: Logger; readonly concurrency: number },
): Closable {
  const worker = new Worker<PostJob>(name, async (job) => work(readPostJob(job.data).threadId), {
    connection: client,
    concurrency,
    ...lease,
    maxStalledCount: 1000,
    settings: { backoffStrategy: (attemptsMade) => backoffMs(attemptsMade) },
  })
  worker.on('error', quietly(log, name))
  worker.on('failed', (job, error) => log.warn({ thread: job?.data.threadId, err: error }, 'post failed, tried again'))
  return { close: () => worker.close() }
}

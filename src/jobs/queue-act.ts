import { Queue, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type ActJob, readActJob } from './payload.ts'
import { type Closable, type JobStanding, lease, quietly, removal, standingOf } from './queue-options.ts'

const name = 'act'

export interface ActQueue extends Closable {
  /** Makes sure that a job for this proposal exists; adding it again changes nothing. */
  readonly ensure: (proposalId: string) => Promise<void>
  readonly standing: (proposalId: string) => Promise<JobStanding>
}

export function createActQueue(client: RedisClient, log: Logger): ActQueue {
  const queue = new Queue<ActJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return {
    ensure: async (proposalId) => {
      await queue.add(name, { proposalId }, { jobId: proposalId, attempts: 1, ...removal })
    },
    standing: async (proposalId) => standingOf(await queue.getJob(proposalId)),
    close: () => queue.close(),
  }
}

/** Closing waits for a running action: it is bounded, and half an action is the worst end. */
export function startActWorker(
  client: RedisClient,
  work: (proposalId: string) => Promise<void>,
  { log, concurrency }: { readonly log: Logger; readonly concurrency: number },
): Closable {
  const worker = new Worker<ActJob>(name, async (job) => work(readActJob(job.data).proposalId), {
    connection: client,
    concurrency,
    ...lease,
    // An action is never begun twice: a lost worker's job fails, and settle.ts asks the host what became of it.
    maxStalledCount: 0,
  })
  worker.on('error', quietly(log, name))
  worker.on('failed', (job, error) => log.error({ proposal: job?.id, err: error }, 'action job failed'))
  return { close: () => worker.close() }
}

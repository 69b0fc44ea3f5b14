import { Queue, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type ActJob, readActJob } from './payload.ts'
import type { NoteRefusal } from './refusals.ts'
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
  { log, note, concurrency }: { readonly log: Logger; readonly note: NoteRefusal; readonly concurrency: number },
): Closable {
  const read = async (data: unknown, id: string | undefined): Promise<void> => {
    const job = readJob(data)
    if (job) return work(job.proposalId)
    const because = 'a job to act that says more than which proposal: nothing of it is read'
    await note({ what: 'job', about: (id ?? '').slice(0, 128), proposal: null, by: null, because })
  }
  const worker = new Worker<ActJob>(name, (job) => read(job.data, job.id), {
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

/** Host, address, user and units never travel in a job: one that brings them was not made by us. */
function readJob(data: unknown): ActJob | null {
  try {
    return readActJob(data)
  } catch {
    return null
  }
}

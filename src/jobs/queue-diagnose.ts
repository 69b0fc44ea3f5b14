import { Queue, WaitingError, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type DiagnoseJob, readDiagnoseJob } from './payload.ts'
import { type Closable, type JobStanding, lease, quietly, removal, standingOf } from './queue-options.ts'

const name = 'diagnose'

export interface DiagnoseQueue extends Closable {
  /** Makes sure that a job for this diagnosis exists; adding it again changes nothing. */
  readonly ensure: (diagnosisId: string) => Promise<void>
  readonly standing: (diagnosisId: string) => Promise<JobStanding>
}

export function createDiagnoseQueue(client: RedisClient, log: Logger): DiagnoseQueue {
  const queue = new Queue<DiagnoseJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return {
    ensure: async (diagnosisId) => {
      const options = { jobId: diagnosisId, attempts: 3, backoff: { type: 'fixed', delay: 1000 }, ...removal }
      await queue.add(name, { diagnosisId }, options)
    },
    standing: async (diagnosisId) => standingOf(await queue.getJob(diagnosisId)),
    close: () => queue.close(),
  }
}

export interface DiagnoseRun {
  readonly diagnosisId: string
  /** Nothing is gained by trying again after this one fails. */
  readonly lastAttempt: boolean
  /** Aborts when the worker shuts down: throw HandedBackError then, and another worker begins anew. */
  readonly signal: AbortSignal
}

/** The worker shuts down; the job goes back to the queue and counts as not tried. */
export class HandedBackError extends Error {
  override readonly name = 'HandedBackError'
}

export interface DiagnoseWorkerOptions {
  readonly log: Logger
  /** Diagnoses at the same time. */
  readonly concurrency: number
}

export function startDiagnoseWorker(
  client: RedisClient,
  work: (run: DiagnoseRun) => Promise<void>,
  { log, concurrency }: DiagnoseWorkerOptions,
): Closable {
  const shutdown = new AbortController()
  const worker = new Worker<DiagnoseJob>(
    name,
    async (job, token) => {
      const { diagnosisId } = readDiagnoseJob(job.data)
      const lastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? 1)
      try {
        await work({ diagnosisId, lastAttempt, signal: shutdown.signal })
      } catch (error) {
        if (!(error instanceof HandedBackError)) throw error
        await job.moveToWait(token)
        throw new WaitingError()
      }
    },
    // A diagnosis changes nothing on the host, so it may be begun again as often as workers die.
    { connection: client, concurrency, ...lease, maxStalledCount: 10 },
  )
  worker.on('error', quietly(log, name))
  worker.on('failed', (job, error) => log.warn({ diagnosis: job?.id, err: error }, 'diagnosis attempt failed'))
  worker.on('stalled', (jobId) => log.warn({ diagnosis: jobId }, 'worker of a diagnosis was lost, begun again'))
  return {
    close: async () => {
      shutdown.abort()
      await worker.close()
    },
  }
}

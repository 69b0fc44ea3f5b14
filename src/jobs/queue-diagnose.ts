import { Queue, WaitingError, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type DiagnoseJob, readDiagnoseJob } from './payload.ts'
import { type Closable, type JobStanding, lease, quietly, removal, standingOf } from './queue-options.ts'

const name = 'diagnose'

export interface DiagnoseQueue extends Closable {
  /** Makes sure that a job for this diagnosis exists; adding it again changes nothing. */
  readonly ensure: (diagnosisId: string) => Promise<void>
  /** The same for hosts of a fleet, which wait until nobody waits for one host alone. */
  readonly ensureAll: (diagnosisIds: readonly string[]) => Promise<void>
  /** Somebody waits for this host alone now: it goes before the hosts of fleets. */
  readonly hurry: (diagnosisId: string) => Promise<void>
  readonly standing: (diagnosisId: string) => Promise<JobStanding>
  /** Worker processes that are connected, and diagnoses that wait or run. */
  readonly load: () => Promise<{ readonly workers: number; readonly queued: number; readonly running: number }>
}

export function createDiagnoseQueue(client: RedisClient, log: Logger): DiagnoseQueue {
  const queue = new Queue<DiagnoseJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return {
    ensure: async (diagnosisId) => {
      await queue.add(name, { diagnosisId }, optionsFor(diagnosisId))
    },
    ensureAll: async (diagnosisIds) => {
      await queue.addBulk(
        diagnosisIds.map((diagnosisId) => ({ name, data: { diagnosisId }, opts: lastOptionsFor(diagnosisId) })),
      )
    },
    hurry: async (diagnosisId) => {
      const job = await queue.getJob(diagnosisId)
      if (job !== undefined && job.priority > 0) await job.changePriority({ priority: 0 })
    },
    standing: async (diagnosisId) => standingOf(await queue.getJob(diagnosisId)),
    load: async () => {
      const [workers, counts] = await Promise.all([
        queue.getWorkersCount(),
        queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active'),
      ])
      const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = counts
      return { workers, queued: waiting + prioritized + delayed, running: active }
    },
    close: () => queue.close(),
  }
}

function optionsFor(jobId: string) {
  return { jobId, attempts: 3, backoff: { type: 'fixed', delay: 1000 }, ...removal } as const
}

/** BullMQ takes jobs without a priority first. */
function lastOptionsFor(jobId: string) {
  return { ...optionsFor(jobId), priority: 10 } as const
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

import { type Job, WaitingError, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { createDiagnoseSlots, type DiagnoseSlots, type SlotKind } from './diagnose-slots.ts'
import { type DiagnoseJob, readDiagnoseJob } from './payload.ts'
import { queueNames } from './queue-diagnose.ts'
import { type Closable, lease, quietly } from './queue-options.ts'

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

export type DiagnoseWork = (run: DiagnoseRun) => Promise<void>

/** Hosts of fleets get all places but one, so that whoever waits for one host never waits for many; where there is one place only it is shared. */
export function startDiagnoseWorker(
  client: RedisClient,
  work: DiagnoseWork,
  { log, concurrency }: DiagnoseWorkerOptions,
): Closable {
  const shutdown = new AbortController()
  const slots = createDiagnoseSlots(concurrency)
  const start = (kind: SlotKind, most: number): Worker<DiagnoseJob> => {
    const name = queueNames[kind]
    const run = (job: Job<DiagnoseJob>, token?: string) =>
      inSlot(slots, kind, () => attempt(job, token, work, shutdown.signal))
    // A diagnosis changes nothing on the host, so it may be begun again as often as workers die.
    const worker = new Worker<DiagnoseJob>(name, run, {
      connection: client,
      concurrency: most,
      ...lease,
      maxStalledCount: 10,
    })
    worker.on('error', quietly(log, name))
    worker.on('failed', (job, error) => log.warn({ diagnosis: job?.id, err: error }, 'diagnosis attempt failed'))
    worker.on('stalled', (jobId) => log.warn({ diagnosis: jobId }, 'worker of a diagnosis was lost, begun again'))
    return worker
  }
  const workers = [start('alone', concurrency), start('fleet', Math.max(1, concurrency - 1))]
  return {
    close: async () => {
      shutdown.abort()
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}

async function inSlot(slots: DiagnoseSlots, kind: SlotKind, run: () => Promise<void>): Promise<void> {
  const giveBack = await slots.take(kind)
  try {
    await run()
  } finally {
    giveBack()
  }
}

async function attempt(
  job: Job<DiagnoseJob>,
  token: string | undefined,
  work: DiagnoseWork,
  signal: AbortSignal,
): Promise<void> {
  const { diagnosisId } = readDiagnoseJob(job.data)
  const lastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? 1)
  try {
    // It may have waited for its place until the worker shut down.
    if (signal.aborted) throw new HandedBackError('worker is shutting down')
    await work({ diagnosisId, lastAttempt, signal })
  } catch (error) {
    if (!(error instanceof HandedBackError)) throw error
    await job.moveToWait(token)
    throw new WaitingError()
  }
}

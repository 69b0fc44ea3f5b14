import type { Job } from 'bullmq'
import type { Logger } from '../log.ts'

/** Finished jobs that are kept for looking at; the results themselves live in threads and in the audit. */
export const removal = {
  removeOnComplete: { count: 500, age: 24 * 3600 },
  removeOnFail: { count: 500, age: 14 * 24 * 3600 },
} as const

/**
 * A worker that was killed is noticed after at most lockDuration + stalledInterval. With BullMQ's defaults (30 s each)
 * that took 43 to 61 s, with these about 6 s.
 */
export const lease = { lockDuration: 6000, stalledInterval: 1500 } as const

/** What one queue does for its folder: look after its errors, and close. */
export interface Closable {
  readonly close: () => Promise<void>
}

/** Errors of a connection are logged by redis.ts already; here they must only not be thrown. */
export function quietly(log: Logger, queue: string): (error: Error) => void {
  return (error) => log.debug({ queue, err: error }, 'queue connection trouble')
}

/** missing: never added or removed; failed: given up by BullMQ; going: waiting, delayed or running; done: completed. */
export type JobStanding = 'missing' | 'failed' | 'going' | 'done'

export async function standingOf(job: Job | undefined): Promise<JobStanding> {
  if (!job) return 'missing'
  const state = await job.getState()
  if (state === 'completed') return 'done'
  if (state === 'failed') return 'failed'
  return state === 'unknown' ? 'missing' : 'going'
}

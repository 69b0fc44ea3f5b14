import { Queue } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import type { SlotKind } from './diagnose-slots.ts'
import type { DiagnoseJob } from './payload.ts'
import { type Closable, type JobStanding, quietly, removal, standingOf } from './queue-options.ts'

/** Hosts that somebody waits for alone and hosts of fleets wait apart, so that a worker can take one of them while it is full of the others. */
export const queueNames: Readonly<Record<SlotKind, string>> = { alone: 'diagnose', fleet: 'diagnose-fleet' }

export interface DiagnoseQueue extends Closable {
  /** Makes sure that a job for this diagnosis exists; adding it again changes nothing. */
  readonly ensure: (diagnosisId: string) => Promise<void>
  /** The same for hosts of a fleet, which leave a place to whoever waits for one host alone. */
  readonly ensureAll: (diagnosisIds: readonly string[]) => Promise<void>
  /** Somebody waits for this host alone now, whoever asked for it before: it goes before the hosts of fleets. Makes sure that there is a job. */
  readonly hurry: (diagnosisId: string) => Promise<void>
  readonly standing: (diagnosisId: string) => Promise<JobStanding>
  /** Worker processes that are connected, and diagnoses that wait or run. */
  readonly load: () => Promise<{ readonly workers: number; readonly queued: number; readonly running: number }>
}

export function createDiagnoseQueue(client: RedisClient, log: Logger): DiagnoseQueue {
  const alone = openQueue(client, log, queueNames.alone)
  const fleets = openQueue(client, log, queueNames.fleet)
  const ensure = async (id: string): Promise<void> => void (await alone.add(...jobOf(queueNames.alone, id)))
  return {
    ensure,
    ensureAll: async (ids) => {
      const jobs = ids.map((id) => jobOf(queueNames.fleet, id))
      await fleets.addBulk(jobs.map(([name, data, opts]) => ({ name, data, opts })))
    },
    hurry: async (id) => {
      const waits = (await fleets.getJob(id)) !== undefined
      // 0: a worker has it. A bot that dies between the two steps leaves a diagnosis without a job, which the worker's sweep mends.
      if (!waits || (await fleets.remove(id)) === 1) await ensure(id)
    },
    standing: async (id) => {
      const inLine = await standingOf(await alone.getJob(id))
      return inLine === 'missing' ? standingOf(await fleets.getJob(id)) : inLine
    },
    load: async () => {
      const workers = await alone.getWorkersCount()
      const counts = await Promise.all([alone, fleets].map((queue) => queue.getJobCounts(...counted)))
      const sum = (...states: readonly (typeof counted)[number][]): number =>
        counts.flatMap((each) => states.map((state) => each[state] ?? 0)).reduce((all, count) => all + count, 0)
      return { workers, queued: sum('waiting', 'prioritized', 'delayed'), running: sum('active') }
    },
    close: async () => {
      await Promise.all([alone.close(), fleets.close()])
    },
  }
}

const counted = ['waiting', 'prioritized', 'delayed', 'active'] as const

function openQueue(client: RedisClient, log: Logger, name: string): Queue<DiagnoseJob> {
  const queue = new Queue<DiagnoseJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return queue
}

function jobOf(name: string, diagnosisId: string) {
  const opts = { jobId: diagnosisId, attempts: 3, backoff: { type: 'fixed', delay: 1000 }, ...removal } as const
  return [name, { diagnosisId }, opts] as const
}

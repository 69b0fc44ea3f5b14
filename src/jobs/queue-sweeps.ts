import { Queue, Worker } from 'bullmq'
import { z } from 'zod'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type Closable, lease, quietly, removal } from './queue-options.ts'

const name = 'sweeps'

/** Something that is to be done again and again at the same times. */
export interface Timed {
  /** The same for all bots and after a restart; changes when what it stands for changes. */
  readonly key: string
  /** Five fields, crontab(5). */
  readonly pattern: string
  readonly timezone: string
}

const jobShape = z.object({ key: z.string().max(200) })

/**
 * Runs what is due, on one bot; a run that was due while none was there is made when one comes, once. `runId` is the same
 * when a run is begun again because its bot died.
 */
export async function startTimed(
  client: RedisClient,
  timed: readonly Timed[],
  run: (key: string, runId: string) => Promise<void>,
  log: Logger,
): Promise<Closable> {
  const queue = new Queue(name, { connection: client })
  queue.on('error', quietly(log, name))
  await bringInLine(queue, timed)
  const worker = new Worker(
    name,
    async (job) => {
      const { key } = jobShape.parse(job.data)
      await run(key, `sweep.${key}.${job.opts.prevMillis ?? job.timestamp}`)
    },
    { connection: client, concurrency: 2, ...lease, maxStalledCount: 10 },
  )
  worker.on('error', quietly(log, name))
  worker.on('failed', (job, error) => log.warn({ job: job?.id, err: error }, 'a sweep could not be begun'))
  return {
    close: async () => {
      await worker.close()
      await queue.close()
    },
  }
}

/** What stands already is left alone: written again, BullMQ would forget the run that was missed. */
async function bringInLine(queue: Queue, timed: readonly Timed[]): Promise<void> {
  const standing = await queue.getJobSchedulers(0, 1000)
  const keys = new Set(timed.map(({ key }) => key))
  for (const each of standing) if (!keys.has(each.key)) await queue.removeJobScheduler(each.key)
  for (const { key, pattern, timezone } of timed) {
    const known = standing.find((each) => each.key === key)
    if (known?.pattern === pattern && known.tz === timezone) continue
    const opts = { attempts: 20, backoff: { type: 'exponential', delay: 1000 }, ...removal } as const
    await queue.upsertJobScheduler(key, { pattern, tz: timezone }, { name, data: { key }, opts })
  }
}

import { Queue, Worker } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type Signed, signedShape, type Signer, type Verifier } from '../signing/signed.ts'
import { type Closable, lease, quietly, removal } from './queue-options.ts'
import type { NoteRefusal } from './refusals.ts'
import { readTicket, signTicket, type WatchTicket } from './watch-ticket.ts'

const name = 'watch'

interface WatchJob {
  readonly ticket: Signed
}

export interface WatchQueue extends Closable {
  /** Has the host of this action looked at again when its time is over; asking again changes nothing. */
  readonly ensure: (ticket: WatchTicket) => Promise<void>
}

export function createWatchQueue(client: RedisClient, signer: Signer, log: Logger): WatchQueue {
  const queue = new Queue<WatchJob>(name, { connection: client })
  queue.on('error', quietly(log, name))
  return {
    ensure: async (ticket) => {
      const delay = ticket.seconds * 1000
      const options = {
        jobId: ticket.proposal,
        delay,
        attempts: 3,
        backoff: { type: 'fixed', delay: 2000 },
        ...removal,
      }
      await queue.add(name, { ticket: signTicket(signer, ticket) }, options)
    },
    close: () => queue.close(),
  }
}

export interface WatchWorkerOptions {
  readonly worker: Verifier
  readonly note: NoteRefusal
  readonly log: Logger
}

/** A look changes nothing on the host: a worker that was lost in the middle is followed by the next one. */
export function startWatchWorker(
  client: RedisClient,
  work: (ticket: WatchTicket) => Promise<void>,
  { worker: verifier, note, log }: WatchWorkerOptions,
): Closable {
  const worker = new Worker<WatchJob>(
    name,
    async (job) => {
      const signed = signedShape.safeParse(job.data.ticket)
      const ticket = signed.success ? readTicket(signed.data, verifier) : null
      if (ticket) return work(ticket)
      const because = 'a job asks to watch a host, and no worker has signed it'
      await note({ what: 'watch', about: String(job.id), proposal: null, by: null, because })
    },
    { connection: client, concurrency: 4, ...lease, maxStalledCount: 10 },
  )
  worker.on('error', quietly(log, name))
  worker.on('failed', (job, error) => log.warn({ proposal: job?.id, err: error }, 'a watch failed'))
  return { close: () => worker.close() }
}

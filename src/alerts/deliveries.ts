import { createHash } from 'node:crypto'
import { withinReach } from '../jobs/reach.ts'
import type { RedisClient } from '../redis.ts'

/**
 * Remembers requests that were taken. Two steps, so that one that could not be taken, or whose bot died over it, is taken
 * when it is sent again. All reject with QueueUnreachableError.
 */
export interface Deliveries {
  /** new: it is ours now. under-way: another one of it is being taken, or a bot died over it less than half a minute ago. */
  readonly begin: (key: string) => Promise<'new' | 'taken' | 'under-way'>
  readonly taken: (key: string, seconds: number) => Promise<void>
  readonly notTaken: (key: string) => Promise<void>
}

/** Longer than a request may take. */
const underWaySeconds = 30

export function createDeliveries(client: RedisClient): Deliveries {
  return {
    begin: (key) =>
      withinReach(client, async () => {
        if ((await client.set(keyOf(key), 'under-way', 'EX', underWaySeconds, 'NX')) !== null) return 'new'
        return (await client.get(keyOf(key))) === 'taken' ? 'taken' : 'under-way'
      }),
    taken: async (key, seconds) => {
      await withinReach(client, () => client.set(keyOf(key), 'taken', 'EX', seconds))
    },
    notTaken: async (key) => {
      await withinReach(client, () => client.del(keyOf(key)))
    },
  }
}

/** Hashed, because part of it is the sender's and may be of any length. */
function keyOf(key: string): string {
  return `gatemedic:alerts:delivery:${createHash('sha256').update(key).digest('hex')}`
}

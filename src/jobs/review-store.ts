import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import { aloneSeconds, type Review } from '../approval/review.ts'
import type { RedisClient } from '../redis.ts'
import { keys } from './keys.ts'

/** Who went on alone and was not reviewed yet. In Redis for the list; the record of it is the audit. */
export interface ReviewStore {
  /** Takes the one time in an hour that a host may be acted on alone; false: it was taken. */
  readonly takeTurn: (host: string, id: string) => Promise<boolean>
  readonly giveTurnBack: (host: string, id: string) => Promise<void>
  readonly save: (review: Review) => Promise<void>
  readonly find: (id: string) => Promise<Review | null>
  /** Oldest first. */
  readonly all: () => Promise<readonly Review[]>
  /** False: somebody else has taken it off before. */
  readonly remove: (id: string) => Promise<boolean>
}

export function createReviewStore(client: RedisClient): ReviewStore {
  return {
    takeTurn: async (host, id) => (await client.set(keys.aloneOn(host), id, 'EX', aloneSeconds, 'NX')) === 'OK',
    giveTurnBack: async (host, id) => void (await client.eval(giveBackScript, 1, keys.aloneOn(host), id)),
    save: async (review) => void (await client.hset(keys.reviews, review.id, JSON.stringify(review))),
    find: async (id) => read(await client.hget(keys.reviews, id)),
    all: async () => {
      const reviews = (await client.hvals(keys.reviews)).map(read).filter((review) => review !== null)
      return reviews.toSorted((one, other) => one.at.localeCompare(other.at))
    },
    remove: async (id) => (await client.hdel(keys.reviews, id)) === 1,
  }
}

const giveBackScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

const shape = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
  host: z.string().max(255),
  action: z.enum(actionIds),
  target: z.string().max(300),
  by: z.string().max(32),
  reason: z.string().max(1000),
  at: z.iso.datetime(),
  channel: z.string().max(32),
  state: z.enum(['pending', 'open']),
})

/** Null: there is none, or it is not one of ours. */
function read(text: string | null): Review | null {
  try {
    return text === null ? null : shape.parse(JSON.parse(text))
  } catch {
    return null // what somebody else wrote into Redis is nobody's review
  }
}

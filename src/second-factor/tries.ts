import type { RedisClient } from '../redis.ts'

export const mostWrong = 5
export const lockSeconds = 15 * 60

/** What was tried with a person's second factor. In Redis for several bots, and in this process as well: who clears Redis gains no tries. */
export interface Tries {
  /** Counts a try before it is judged; false: locked. Many at the same time are counted one by one. */
  readonly begin: (userId: string, now: Date) => Promise<boolean>
  /** A right code: takes this step if it is newer than every step before it. False: it was used. */
  readonly use: (userId: string, step: number) => Promise<boolean>
}

export function createTries(client: RedisClient): Tries {
  const wrong = new Map<string, { readonly count: number; readonly until: number }>()
  const used = new Map<string, number>()

  function beginHere(userId: string, now: Date): boolean {
    const known = wrong.get(userId)
    const at = now.getTime()
    const count = known !== undefined && known.until > at ? known.count : 0
    if (count >= mostWrong) return false
    // The lock lasts its whole time from the last try on.
    wrong.set(userId, { count: count + 1, until: at + lockSeconds * 1000 })
    return true
  }

  return {
    begin: async (userId, now) => {
      const here = beginHere(userId, now)
      const there = await client.eval(beginScript, 1, wrongKey(userId), lockSeconds, mostWrong)
      return here && there === 1
    },
    use: async (userId, step) => {
      if ((used.get(userId) ?? 0) >= step) return false
      used.set(userId, step)
      if ((await client.eval(useScript, 2, stepKey(userId), wrongKey(userId), step, lockSeconds)) !== 1) return false
      wrong.delete(userId)
      return true
    },
  }
}

const wrongKey = (userId: string): string => `gatemedic:second-factor:${userId}:tries`
const stepKey = (userId: string): string => `gatemedic:second-factor:${userId}:step`

/** KEYS tries; ARGV seconds, most -> 1, or 0 when there were too many. */
const beginScript = `
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[2]) then return 0 end
redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1`

/** KEYS newest step used, tries; ARGV step, seconds to keep it -> 1, or 0 when this or a later one was used. */
const useScript = `
local newest = tonumber(redis.call('GET', KEYS[1]) or '0')
if newest >= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('DEL', KEYS[2])
return 1`

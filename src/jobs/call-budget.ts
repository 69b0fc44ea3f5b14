import { randomBytes } from 'node:crypto'
import type { RedisClient } from '../redis.ts'

interface Budget {
  readonly key: string
  readonly windows: readonly { readonly ms: number; readonly most: number }[]
}

/**
 * Counts calls to an outside service for all bots together, so that two of them, or one that was started again, keep
 * within one limit. Takes a place in every window (0), or says in how many ms one may be free.
 */
export function createCallBudget(client: RedisClient): (budget: Budget, spare: number) => Promise<number> {
  return async ({ key, windows }, spare) => {
    const limits = windows.flatMap(({ ms, most }) => [ms, Math.max(1, Math.floor(most * (1 - spare)))])
    const id = randomBytes(6).toString('hex')
    return Number(await client.eval(takeScript, 1, `gatemedic:calls:${key}`, id, ...limits))
  }
}

/** KEYS calls; ARGV id, then ms and most of each window -> 0 or ms to wait. By the clock of Redis. */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, longest = 0, 0
for i = 2, #ARGV, 2 do
  local ms, most = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  longest = math.max(longest, ms)
  local count = redis.call('ZCOUNT', KEYS[1], '(' .. (now - ms), '+inf')
  if count >= most then
    local leaves = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - ms), '+inf', 'WITHSCORES', 'LIMIT', count - most, 1)
    wait = math.max(wait, tonumber(leaves[2]) + ms - now + 1)
  end
end
if wait > 0 then return wait end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - longest)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], longest)
return 0`

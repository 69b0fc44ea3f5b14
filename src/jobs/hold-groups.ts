import { randomBytes } from 'node:crypto'
import type { RedisClient } from '../redis.ts'
import { keys } from './keys.ts'

/** Takes all of these groups for one action, or none: null when another action holds one of them. */
export type HoldGroups = (groups: readonly string[]) => Promise<(() => Promise<void>) | null>

/** Longer than an action and the examination after it; a worker that dies with it gives it back by that. */
const leaseSeconds = 240

/** One lease for each group of the inventory, all taken in one step. It keeps two members from being interrupted at once; the guard on the host does not depend on it. */
export function createHoldGroups(client: RedisClient): HoldGroups {
  return async (groups) => {
    const names = groups.map((group) => keys.interrupting(group))
    const token = randomBytes(8).toString('hex')
    if ((await client.eval(takeScript, names.length, ...names, token, leaseSeconds)) !== 1) return null
    return async () => {
      // One that cannot be given back ends by itself.
      await client.eval(releaseScript, names.length, ...names, token).catch(() => undefined)
    }
  }
}

const takeScript = `
for _, key in ipairs(KEYS) do if redis.call('EXISTS', key) == 1 then return 0 end end
for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'EX', ARGV[2]) end
return 1`

const releaseScript = `
for _, key in ipairs(KEYS) do if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end end
return 1`

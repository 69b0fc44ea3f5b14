import { createHash } from 'node:crypto'
import { z } from 'zod'
import { withinReach } from '../jobs/reach.ts'
import type { RedisClient } from '../redis.ts'

/** An alert that is about no host of the inventory. All text but `source` is the sender's: escape it. */
export interface UnmappedAlert {
  readonly source: string
  readonly title: string
  /** `instance=web-01.prod:9113: no host has that name; nearest web-1` */
  readonly because: string
}

export interface UnmappedSeen extends UnmappedAlert {
  /** How often, since it first came or was last forgotten. */
  readonly count: number
  /** ISO instant of the last one. */
  readonly lastAt: string
}

const most = 100
const keepMs = 7 * 24 * 3600 * 1000
const keys = {
  when: 'gatemedic:alerts:unmapped:when',
  what: 'gatemedic:alerts:unmapped:what',
  count: 'gatemedic:alerts:unmapped:count',
} as const

const kept = z.strictObject({ source: z.string(), title: z.string(), because: z.string() })

/** KEYS when what count; ARGV now, the oldest kept, how many, seconds, then id and JSON in turn. */
const keepScript = `
for i = 5, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[i])
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  redis.call('HINCRBY', KEYS[3], ARGV[i], 1)
end
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
local over = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[3])
if over > 0 then
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, over - 1)) do gone[#gone + 1] = id end
end
for _, id in ipairs(gone) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  redis.call('HDEL', KEYS[3], id)
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[4]) end
return #gone`

/** The same source and reason are one entry, which is counted; the hundred newest of seven days are kept. */
export async function keepUnmapped(client: RedisClient, alerts: readonly UnmappedAlert[], now: Date): Promise<void> {
  if (alerts.length === 0) return
  const at = now.getTime()
  const entries = alerts.flatMap(({ source, title, because }) => {
    const id = createHash('sha256').update(`${source}\n${because}`).digest('hex').slice(0, 32)
    return [id, JSON.stringify({ source, title, because })]
  })
  const args = [at, at - keepMs, most, keepMs / 1000, ...entries]
  await withinReach(client, () => client.eval(keepScript, 3, keys.when, keys.what, keys.count, ...args))
}

/** The newest first. */
export async function unmappedAlerts(client: RedisClient, now: Date): Promise<readonly UnmappedSeen[]> {
  const [ids, what, counts] = await withinReach(client, () =>
    Promise.all([
      client.zrevrangebyscore(keys.when, '+inf', now.getTime() - keepMs, 'WITHSCORES'),
      client.hgetall(keys.what),
      client.hgetall(keys.count),
    ]),
  )
  const seen: UnmappedSeen[] = []
  for (let at = 0; at + 1 < ids.length; at += 2) {
    const id = ids[at] ?? ''
    const text = what[id]
    if (text === undefined) continue
    const lastAt = new Date(Number(ids[at + 1])).toISOString()
    seen.push({ ...kept.parse(JSON.parse(text)), count: Number(counts[id] ?? 1), lastAt })
  }
  return seen
}

import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'
import type { Digest, LastHour } from './alert-case.ts'

const prefix = 'gatemedic:alerts:'
const minuteMs = 60_000

/** Conversations of many hosts that began within the last hour. */
export async function digestsOf(client: RedisClient, now: Date): Promise<readonly Digest[]> {
  const found = await client.zrangebyscore(`${prefix}digests`, now.getTime() - 60 * minuteMs, '+inf', 'LIMIT', 0, 20)
  return Promise.all(
    found.map(async (id) => {
      const name = `${prefix}case:${id}`
      const [[channel, openedAt], hosts] = await Promise.all([
        client.hmget(name, 'channel', 'openedAt'),
        client.hlen(`${name}:hosts`),
      ])
      return { channel: channel ?? '', hosts, since: new Date(Number(openedAt ?? 0)).toISOString() }
    }),
  )
}

/** As takeScript counts them. */
const mutedField = ':muted'

export async function lastHourOf(client: RedisClient, now: Date): Promise<LastHour> {
  const minute = Math.floor(now.getTime() / minuteMs)
  const steps = client.pipeline()
  for (let back = 0; back < 60; back++) steps.hgetall(`${prefix}minute:${minute - back}`)
  const counts = new Map<string, number>()
  for (const [, fields] of (await steps.exec()) ?? [])
    for (const [source, count] of Object.entries(z.record(z.string(), z.string()).catch({}).parse(fields)))
      counts.set(source, (counts.get(source) ?? 0) + (Number(count) || 0))
  const muted = counts.get(mutedField) ?? 0
  counts.delete(mutedField)
  return { bySource: counts, muted }
}

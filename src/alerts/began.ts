import { createHash } from 'node:crypto'
import { withinReach } from '../jobs/reach.ts'
import type { RedisClient } from '../redis.ts'
import type { Alert } from './alert.ts'

const keepSeconds = 14 * 24 * 3600

/**
 * For senders that say no time that stays the same from the first notification of an outbreak to its last (Datadog): the
 * time in the first one that came is kept, and put into those after it.
 */
export function createWithStart(client: RedisClient): (alert: Alert) => Promise<Alert> {
  return (alert) =>
    withinReach(client, async () => {
      const name = createHash('sha256').update(`${alert.source}\n${alert.id}`).digest('hex')
      const key = `gatemedic:alerts:began:${name}`
      if ((await client.set(key, alert.startsAt, 'EX', keepSeconds, 'NX')) !== null) return alert
      const began = new Date((await client.get(key)) ?? alert.startsAt)
      return Number.isNaN(began.getTime()) ? alert : { ...alert, startsAt: began.toISOString() }
    })
}

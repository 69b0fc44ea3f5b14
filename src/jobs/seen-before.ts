import type { RedisClient } from '../redis.ts'
import { withinReach } from './reach.ts'

/** Slack repeats a delivery for some minutes; an hour is far beyond that. */
const rememberSeconds = 3600

const keyOf = (key: string): string => `gatemedic:seen:${key}`

/** True when this key was asked about before; it is remembered for an hour from the first time on. */
export function createSeenBefore(client: RedisClient): (key: string) => Promise<boolean> {
  return (key) =>
    withinReach(client, async () => (await client.set(keyOf(key), '1', 'EX', rememberSeconds, 'NX')) === null)
}

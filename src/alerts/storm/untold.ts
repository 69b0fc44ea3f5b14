import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'

/** A channel in which answers to alerts or sweeps could not be told, because the bot may not post there. */
export interface UntoldChannel {
  /** Slack channel id. */
  readonly channel: string
  /** Answers that nobody has seen. */
  readonly count: number
  /** ISO instant of the last one. */
  readonly lastAt: string
}

/** Nobody waits for what alerts start, so nobody would miss it: it is kept for the status until something could be told there. */
export interface Untold {
  readonly note: (channel: string) => Promise<void>
  readonly forget: (channel: string) => Promise<void>
}

const key = 'gatemedic:alerts:untold'
const keepSeconds = 7 * 24 * 3600
/** Channels of a configuration are few; a wrong one must not fill a message. */
const most = 50

const kept = z.strictObject({ count: z.int().min(1), lastAt: z.iso.datetime() })

/** Two bots that count at the same moment count one: it is for people. */
export function createUntold(client: RedisClient, now: () => Date): Untold {
  return {
    note: async (channel) => {
      const before = (await untoldChannels(client)).find((each) => each.channel === channel)
      if (before === undefined && (await client.hlen(key)) >= most) return
      const entry = { count: (before?.count ?? 0) + 1, lastAt: now().toISOString() }
      await client.hset(key, channel, JSON.stringify(entry))
      await client.expire(key, keepSeconds)
    },
    forget: async (channel) => void (await client.hdel(key, channel)),
  }
}

/** The newest first. */
export async function untoldChannels(client: RedisClient): Promise<readonly UntoldChannel[]> {
  const all = Object.entries(await client.hgetall(key))
  return all
    .flatMap(([channel, text]) => {
      const read = kept.safeParse(parsed(text))
      return read.success ? [{ channel, ...read.data }] : []
    })
    .toSorted((one, other) => other.lastAt.localeCompare(one.lastAt))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

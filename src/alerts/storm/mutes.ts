import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'
import type { Keys } from '../../signing/key-files.ts'
import { readSigned } from '../../signing/signed.ts'

/** Alerts of these hosts are counted and start nothing; people may ask about them as ever. */
export interface Mute {
  readonly id: string
  /** A host of the inventory, "group:edge", or "all". */
  readonly on: string
  /** ISO instant: a mute always ends by itself. */
  readonly until: string
  readonly because: string
  /** Slack user id, and the name that Slack gave for it then. */
  readonly by: string
  readonly name: string
  readonly at: string
}

/** Mutes in Redis, signed by the bot. One that no bot of ours wrote mutes nothing: it would hide trouble. */
export interface Mutes {
  /** Those that have not ended, the oldest first. */
  readonly list: (now: Date) => Promise<readonly Mute[]>
  /** False: there are too many. */
  readonly add: (mute: Mute, now: Date) => Promise<boolean>
  readonly lift: (ids: readonly string[]) => Promise<void>
}

const key = 'gatemedic:mutes'
const most = 100

const shape = z.strictObject({
  id: z.string().min(1).max(64),
  on: z.string().min(1).max(300),
  until: z.iso.datetime(),
  because: z.string().max(1000),
  by: z.string().max(100),
  name: z.string().max(300),
  at: z.iso.datetime(),
})

export function createMutes(client: RedisClient, { signer, bot }: Pick<Keys, 'signer' | 'bot'>): Mutes {
  async function all(): Promise<readonly Mute[]> {
    const kept = await client.hlen(key)
    // Asked at every alert: usually there is none. More than we ever write were not written by us.
    if (kept === 0 || kept > 2 * most) return []
    const stored = Object.entries(await client.hgetall(key))
    return stored.flatMap(([id, text]) => opened(id, text) ?? [])
  }
  function opened(id: string, text: string): Mute | null {
    try {
      const signed = bot.open('mute', readSigned(text))
      const mute = signed.ok ? shape.parse(JSON.parse(signed.text)) : null
      return mute?.id === id ? mute : null
    } catch {
      // What cannot be read was not written by a bot of ours.
      return null
    }
  }
  return {
    list: async (now) =>
      (await all()).filter((mute) => holds(mute, now)).toSorted((one, other) => one.at.localeCompare(other.at)),
    add: async (mute, now) => {
      const ended = (await all()).filter((each) => !holds(each, now)).map(({ id }) => id)
      if (ended.length > 0) await client.hdel(key, ...ended)
      if ((await client.hlen(key)) >= most) return false
      await client.hset(key, mute.id, JSON.stringify(signer.sign('mute', JSON.stringify(mute))))
      return true
    },
    lift: async (ids) => {
      if (ids.length > 0) await client.hdel(key, ...ids)
    },
  }
}

function holds({ until }: Mute, now: Date): boolean {
  return Date.parse(until) > now.getTime()
}

/** Whether a mute is on this host. */
export function mutes({ on }: Mute, host: string, groups: readonly string[]): boolean {
  return on === 'all' || on === host || (on.startsWith('group:') && groups.includes(on.slice(6)))
}

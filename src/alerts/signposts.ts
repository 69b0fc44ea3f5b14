import { z } from 'zod'
import { withinReach } from '../jobs/reach.ts'
import type { RedisClient } from '../redis.ts'

/** An alert's message in Slack whose answer stands elsewhere: its own thread is to say where. */
export interface Signpost {
  /** Slack channel id and time stamp of the message. */
  readonly channel: string
  readonly ts: string
  /** The conversation that has the answer. */
  readonly threadId: string
}

/** Signposts that are still to be put up. They outlive the bot that heard the message. */
export interface Signposts {
  /** At most a few for one conversation: a storm of messages about one host must not become a storm of answers. */
  readonly put: (signpost: Signpost) => Promise<void>
  /** Those that this bot may put up now: each is held for half a minute, so that two bots do not say the same. */
  readonly take: () => Promise<readonly (Signpost & { readonly at: Date })[]>
  readonly remove: (signpost: Signpost) => Promise<void>
}

/** For one conversation. */
const most = 5
const heldSeconds = 30
const keepSeconds = 14 * 24 * 3600

const waiting = 'gatemedic:alerts:signposts'
const shape = z.object({
  channel: z.string().max(40),
  ts: z.string().max(40),
  threadId: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
})

export function createSignposts(client: RedisClient, now: () => Date): Signposts {
  return {
    put: ({ channel, ts, threadId }) =>
      withinReach(client, async () => {
        const of = `${waiting}:of:${threadId}`
        const member = JSON.stringify({ channel, ts, threadId })
        await client.eval(
          putScript,
          2,
          of,
          waiting,
          `${channel} ${ts}`,
          member,
          `${now().getTime()}`,
          most,
          keepSeconds,
        )
      }),
    take: async () => {
      const members = await client.zrangebyscore(waiting, '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 100)
      const taken: (Signpost & { at: Date })[] = []
      for (let index = 0; index < members.length; index += 2) {
        const member = members[index] ?? ''
        const signpost = readSignpost(member)
        if (signpost === null) await client.zrem(waiting, member)
        else if ((await client.set(`${waiting}:held:${member}`, '1', 'EX', heldSeconds, 'NX')) !== null)
          taken.push({ ...signpost, at: new Date(Number(members[index + 1])) })
      }
      return taken
    },
    remove: async ({ channel, ts, threadId }) => {
      await client.zrem(waiting, JSON.stringify({ channel, ts, threadId }))
    },
  }
}

/** KEYS messages of the conversation, waiting; ARGV message, member, now, most, ttl. */
const putScript = `
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 or redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
return 1`

/** Null: not of this version. */
function readSignpost(member: string): Signpost | null {
  try {
    return shape.parse(JSON.parse(member))
  } catch {
    return null
  }
}

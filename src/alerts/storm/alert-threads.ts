import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'
import type { Keys } from '../../signing/key-files.ts'
import { readSigned } from '../../signing/signed.ts'
import type { TallyOf } from './alert-tally.ts'

/** What Slack needs to know of a thread that alerts started. */
export interface AlertThreads {
  readonly tallyOf: TallyOf
  /** Keeps the root message as it was drawn last, or would be where a host that is well opens none, without the line about the alerts: JSON of a message. */
  readonly keepRoot: (threadId: string, message: string) => Promise<void>
  /** Null: none was drawn, or what stands there is not what a bot of ours kept for this thread. */
  readonly rootOf: (threadId: string) => Promise<string | null>
}

/** Counts of an outbreak change for hours at most; after that its root stays as it is. */
const keepSeconds = 3 * 24 * 3600

const kept = z.strictObject({ threadId: z.string(), message: z.string() })

const key = (threadId: string): string => `gatemedic:alerts:root:${threadId}`

export function createAlertThreads(
  client: RedisClient,
  { signer, bot }: Pick<Keys, 'signer' | 'bot'>,
  tallyOf: TallyOf,
): AlertThreads {
  return {
    tallyOf,
    keepRoot: async (threadId, message) => {
      const signed = signer.sign('root', JSON.stringify({ threadId, message }))
      await client.set(key(threadId), JSON.stringify(signed), 'EX', keepSeconds)
    },
    rootOf: async (threadId) => {
      const text = await client.get(key(threadId))
      return text === null ? null : opened(threadId, text)
    },
  }

  function opened(threadId: string, text: string): string | null {
    try {
      const read = bot.open('root', readSigned(text))
      if (!read.ok) return null
      const root = kept.parse(JSON.parse(read.text))
      return root.threadId === threadId ? root.message : null
    } catch {
      // What cannot be read was not kept by a bot of ours.
      return null
    }
  }
}

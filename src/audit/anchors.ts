import { readFile, rename, writeFile } from 'node:fs/promises'
import type { RedisClient } from '../redis.ts'

/** A place outside the audit file where its newest head is kept. */
export interface Anchor {
  /** For messages: "audit/worker-a.head". */
  readonly name: string
  /** Null: nothing was noted yet. */
  readonly read: () => Promise<string | null>
  readonly write: (head: string) => Promise<void>
  /**
   * A sure place must take every head, or nothing more is recorded, and one that does not hold stops the start. What stands in an unsure place
   * may have been thrown away or scribbled over by others: it proves a missing line when its signature holds, and nothing when not.
   */
  readonly sure: boolean
}

export const headFileOf = (auditFile: string): string => auditFile.replace(/\.jsonl$/, '.head')

/** A file beside the audit file, replaced with every line. */
export function anchorInFile(auditFile: string): Anchor {
  const file = headFileOf(auditFile)
  return {
    name: file,
    sure: true,
    read: () =>
      textOf(file).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }),
    write: async (head) => {
      // Not waited for on disk: an older head after a loss of power is none the worse, and the line itself is there.
      await writeFile(`${file}.new`, head, { mode: 0o600 })
      await rename(`${file}.new`, file)
    },
  }
}

/** An empty file is what a loss of power may leave of one that was just written; it says as little as none. */
async function textOf(file: string): Promise<string | null> {
  return (await readFile(file, 'utf8')) || null
}

/** Hash writer -> signed head, of all chains: the other side looks here for what it notes in its own chain. */
export const headsKey = 'gatemedic:audit:heads'

export function anchorInRedis(client: RedisClient, writer: string): Anchor {
  return {
    name: `${writer} in ${headsKey} of Redis`,
    sure: false,
    read: () => client.hget(headsKey, writer),
    write: async (head) => void (await client.hset(headsKey, writer, head)),
  }
}

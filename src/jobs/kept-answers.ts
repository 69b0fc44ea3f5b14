import { z } from 'zod'
import { snapshotShape } from '../history/snapshot-text.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { RedisClient } from '../redis.ts'
import { keys } from './keys.ts'

export interface Kept {
  /** The probe whose answer is asked for. */
  readonly probe: string
  readonly snapshot: Snapshot
}

/** The answers of a diagnosis that could not tell, kept until somebody pastes what is missing. Redacted. */
export interface KeptAnswers {
  /** False when they are too large to be kept. */
  readonly keep: (id: string, answers: Kept) => Promise<boolean>
  /** Null when they are gone. */
  readonly find: (id: string) => Promise<Kept | null>
}

/** Long enough to find somebody with a shell, short enough that the host is still as it was. */
const keptSeconds = 3600
const mostCharacters = 2_000_000

export function createKeptAnswers(client: RedisClient): KeptAnswers {
  return {
    keep: async (id, answers) => {
      const text = JSON.stringify(answers)
      if (text.length > mostCharacters) return false
      await client.set(keys.keptAnswers(id), text, 'EX', keptSeconds)
      return true
    },
    find: async (id) => {
      const text = await client.get(keys.keptAnswers(id))
      if (text === null) return null
      const read = kept.safeParse(JSON.parse(text))
      return read.success ? read.data : null
    },
  }
}

const kept = z.object({ probe: z.string(), snapshot: snapshotShape })

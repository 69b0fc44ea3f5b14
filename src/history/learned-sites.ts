import { z } from 'zod'
import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'

/** The site names that diagnoses have read in the configurations of hosts. They only lead to a host; none becomes an address. */
export interface LearnedSites {
  readonly keep: (host: string, names: readonly string[], now: Date) => Promise<void>
}

/** A host that was not looked at for a month may serve something else by now. */
const keptMs = 30 * 24 * 3600 * 1000
/** One hash for all hosts: "host" -> what was read there, signed by the worker that read it. */
const key = 'gatemedic:learned-sites'

const shape = z.object({
  host: z.string().max(255),
  names: z.array(z.string().max(253)).max(500).readonly(),
  at: z.iso.datetime(),
})

export function createLearnedSites(client: RedisClient, signer: Signer): LearnedSites {
  return {
    keep: async (host, names, now) => {
      const text = JSON.stringify({ host, names, at: now.toISOString() } satisfies z.infer<typeof shape>)
      await client.hset(key, host, JSON.stringify(signer.sign('sites', text)))
    },
  }
}

/** What was learned by the last refresh: a target is read without waiting. */
export interface FollowedSites {
  readonly learned: () => ReadonlyMap<string, readonly string[]>
  readonly refresh: () => Promise<void>
}

export function followLearnedSites(client: RedisClient, worker: Verifier, now: () => Date): FollowedSites {
  let learned: ReadonlyMap<string, readonly string[]> = new Map()
  return {
    learned: () => learned,
    refresh: async () => {
      learned = await learnedSites(client, worker, now())
    },
  }
}

/** Host -> names, of what a worker signed within the last month; the rest is left out. */
async function learnedSites(
  client: RedisClient,
  worker: Verifier,
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const fields = await client.hgetall(key)
  const read = Object.entries(fields).flatMap(([host, text]) => {
    const learned = readLearned(text, worker)
    const good = learned !== null && learned.host === host && now.getTime() - Date.parse(learned.at) < keptMs
    return good ? [[host, learned.names] as const] : []
  })
  return new Map(read)
}

function readLearned(text: string, worker: Verifier): z.infer<typeof shape> | null {
  try {
    const opened = worker.open('sites', readSigned(text))
    return opened.ok ? (shape.safeParse(JSON.parse(opened.text)).data ?? null) : null
  } catch {
    return null
  }
}

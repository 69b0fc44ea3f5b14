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
  let seen: ReadonlyMap<string, Seen> = new Map()
  return {
    learned: () => learned,
    refresh: async () => {
      seen = seenIn(await client.hgetall(key), seen, worker)
      await forgetOld(client, seen, now())
      const read = namesOf(seen, now())
      // Who keeps something for the one that he was given must see that nothing has changed.
      if (JSON.stringify([...read]) !== JSON.stringify([...learned])) learned = read
    },
  }
}

interface Seen {
  readonly text: string
  /** Null: no worker of ours wrote it about this host. */
  readonly read: z.infer<typeof shape> | null
}

/** A signature costs a tenth of a millisecond: only what has changed is read. */
function seenIn(
  fields: Readonly<Record<string, string>>,
  before: ReadonlyMap<string, Seen>,
  worker: Verifier,
): ReadonlyMap<string, Seen> {
  const entries = Object.entries(fields).toSorted(([a], [b]) => a.localeCompare(b))
  return new Map(
    entries.map(([host, text]): [string, Seen] => {
      const known = before.get(host)
      return [host, known?.text === text ? known : { text, read: readLearned(host, text, worker) }]
    }),
  )
}

/** KEYS hash; ARGV field, value. What a worker has written meanwhile stays. */
const forgetScript = `if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end`

/** Hosts come and go; one hash has no time to live for each. */
async function forgetOld(client: RedisClient, seen: ReadonlyMap<string, Seen>, now: Date): Promise<void> {
  for (const [host, { text, read }] of seen)
    if (read !== null && isOld(read.at, now)) await client.eval(forgetScript, 1, key, host, text)
}

function isOld(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) >= keptMs
}

/** Host -> names, of what was read within the last month. */
function namesOf(seen: ReadonlyMap<string, Seen>, now: Date): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...seen].flatMap(([host, { read }]) =>
      read !== null && !isOld(read.at, now) ? [[host, read.names] as const] : [],
    ),
  )
}

function readLearned(host: string, text: string, worker: Verifier): Seen['read'] {
  try {
    const opened = worker.open('sites', readSigned(text))
    const read = opened.ok ? (shape.safeParse(JSON.parse(opened.text)).data ?? null) : null
    return read?.host === host ? read : null
  } catch {
    return null
  }
}

import { z } from 'zod'
import type { RedisClient } from '../redis.ts'
import type { HostDigest } from './host-digest.ts'

/** The last look at each host in which nothing was failing. */
export interface LastHealthy {
  readonly keep: (digest: HostDigest) => Promise<void>
  readonly of: (host: string) => Promise<HostDigest | null>
}

/** A month: longer ago, nearly everything differs and nothing of it says why. */
const keptSeconds = 30 * 24 * 3600
/** Characters; a larger digest is kept without its configuration, so that many hosts fit into a small Redis. */
const mostCharacters = 1_000_000

export function createLastHealthy(client: RedisClient): LastHealthy {
  return {
    keep: async (digest) => {
      const whole = JSON.stringify(digest)
      const text = whole.length <= mostCharacters ? whole : JSON.stringify({ ...digest, files: null })
      await client.set(keyOf(digest.host), text, 'EX', keptSeconds)
    },
    of: async (host) => {
      const text = await client.get(keyOf(host))
      return text === null ? null : readDigest(text)
    },
  }
}

function keyOf(host: string): string {
  return `gatemedic:host:${host}:last-healthy`
}

const digest = z.object({
  host: z.string(),
  collectedAt: z.string(),
  rights: z.object({ owners: z.boolean(), dumped: z.boolean() }),
  nginx: z.string().nullable(),
  units: z.record(z.string(), z.object({ state: z.string(), start: z.string() })).nullable(),
  listeners: z.array(z.object({ at: z.string(), by: z.string() })).nullable(),
  files: z.record(z.string(), z.object({ hash: z.string(), lines: z.array(z.string()).nullable() })).nullable(),
  certificates: z.record(z.string(), z.number().nullable()).nullable(),
})

/** One that another version wrote is none: the next healthy look replaces it. */
function readDigest(text: string): HostDigest | null {
  const read = digest.safeParse(JSON.parse(text))
  return read.success ? read.data : null
}

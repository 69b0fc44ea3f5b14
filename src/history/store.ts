import { setImmediate as breath } from 'node:timers/promises'
import type { RedisClient } from '../redis.ts'
import type { Signer } from '../signing/signed.ts'
import type { HistoryEntry } from './entry.ts'
import { keepHistoryLua, mostPerHost } from './keep-script.ts'
import { hostsOf, openEntry, type Sides, signEntry } from './stored-entry.ts'

const dayMs = 24 * 3600_000
/** Signatures checked at a stretch, about 10 ms: alerts and deliveries of the same process wait for no more than that. */
const checkedAtOnce = 80

/** Arguments of keepHistoryLua for one entry, ready to travel with another script. */
export type Keeping = readonly string[]

/** Signs an entry for each host it belongs to. */
export type PrepareHistory = (entry: HistoryEntry) => Keeping

export interface Span {
  readonly from: Date
  readonly to: Date
  /** Newest so many; the cap of a host where nothing is said. */
  readonly most?: number
}

export interface HistoryRead {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  /** So many more were not what our own bot or worker wrote, and are left out. */
  readonly left: number
  /** There are older ones in the span. */
  readonly more: boolean
}

/** What was found and done on each host, as long as the configuration says. */
export interface History {
  readonly keep: (entry: HistoryEntry) => Promise<void>
  readonly prepare: PrepareHistory
  readonly of: (host: string, span: Span) => Promise<HistoryRead>
}

export interface HistoryParts extends Sides {
  readonly client: RedisClient
  /** Of the side that writes. */
  readonly signer: Signer
  /** Days that an entry is kept. */
  readonly days: number
  readonly now: () => Date
}

export function createHistory(parts: HistoryParts): History {
  const { client, signer, days } = parts
  const prepare: PrepareHistory = (entry) => {
    const text = signEntry(signer, entry)
    return hostsOf(entry).flatMap((host) => [host, entry.id, `${Date.parse(entry.at)}`, text, `${days * dayMs}`])
  }
  return {
    prepare,
    keep: async (entry) =>
      void (await client.eval(`${keepHistoryLua}\nkeepHistory(1)\nreturn 1`, 0, ...prepare(entry))),
    of: (host, span) => read(parts, host, span),
  }
}

/** For whoever only looks, and holds no key to sign with. */
export function historyReader(parts: Omit<HistoryParts, 'signer'>): Pick<History, 'of'> {
  return { of: (host, span) => read(parts, host, span) }
}

async function read(
  parts: Omit<HistoryParts, 'signer'>,
  host: string,
  { from, to, most = mostPerHost }: Span,
): Promise<HistoryRead> {
  const { client, days, now } = parts
  const index = `gatemedic:history:${host}`
  // What is older than it may be is gone, also where nothing was written since that could have taken it away.
  const oldest = Math.max(from.getTime(), now().getTime() - days * dayMs)
  const found = await client.zrevrangebyscore(index, to.getTime(), oldest, 'LIMIT', 0, most + 1)
  const ids = found.slice(0, most)
  if (ids.length === 0) return { entries: [], left: 0, more: false }
  const stored = await client.hmget(`${index}:entries`, ...ids)
  const entries: HistoryEntry[] = []
  for (const [at, id] of ids.entries()) {
    if (at > 0 && at % checkedAtOnce === 0) await breath()
    const entry = openEntry(stored[at] ?? '', { host, id }, parts)
    if (entry !== null) entries.push(entry)
  }
  return { entries, left: ids.length - entries.length, more: found.length > most }
}

import type { CauseId } from '../diagnosis/cause.ts'
import type { HistoryEntry } from '../history/entry.ts'
import { hitRateLine } from '../history/hit-rate.ts'
import { type Outline, outlineOf, together } from '../history/outline.ts'
import { createHistory, type History } from '../history/store.ts'
import type { RedisClient } from '../redis.ts'
import type { Keys } from '../signing/key-files.ts'
import { withinReach } from './reach.ts'

export interface HistoryOutline extends Outline {
  /** Entries that nobody of ours has written, left out. */
  readonly left: number
  /** There is more than was read; what is older is not told. */
  readonly more: boolean
  /** What people say of the answers; absent where nobody has judged one, or only one cause is asked for. */
  readonly judged?: string
}

/** What these hosts have been through in the last seconds; `cause` leaves out every other one. Rejects with QueueUnreachableError. */
export type HistoryOf = (hosts: readonly string[], seconds: number, cause: CauseId | null) => Promise<HistoryOutline>

/** Entries read for one answer: each costs the check of a signature, about a tenth of a millisecond. */
const most = 3000
const leastOfAHost = 20
const atOnce = 10

/** With the keys of the bot, for one that a person waits for. */
export function openHistoryOf(
  client: RedisClient,
  keys: Keys,
  { file, now }: { readonly file: { readonly historyDays: number }; readonly now: () => Date },
): HistoryOf {
  return createHistoryOf(client, createHistory({ client, ...keys, days: file.historyDays, now }), now)
}

export function createHistoryOf(client: RedisClient, history: Pick<History, 'of'>, now: () => Date): HistoryOf {
  return (hosts, seconds, cause) => withinReach(client, () => read(history, now(), hosts, seconds, cause))
}

async function read(
  history: Pick<History, 'of'>,
  to: Date,
  hosts: readonly string[],
  seconds: number,
  cause: CauseId | null,
): Promise<HistoryOutline> {
  const span = {
    from: new Date(to.getTime() - seconds * 1000),
    to,
    most: Math.max(leastOfAHost, Math.floor(most / Math.max(1, hosts.length))),
  }
  const outlines: Outline[] = []
  let left = 0
  let more = false
  const entries: HistoryEntry[] = []
  for (let from = 0; from < hosts.length; from += atOnce) {
    const some = hosts.slice(from, from + atOnce)
    const reads = await Promise.all(some.map((host) => history.of(host, span)))
    for (const [index, each] of reads.entries()) {
      outlines.push(outlineOf(some[index] ?? '', each.entries))
      left += each.left
      entries.push(...each.entries)
      more ||= each.more
    }
  }
  const judged = cause === null ? hitRateLine(entries) : null
  return { ...together(outlines, cause), left, more, ...(judged === null ? {} : { judged }) }
}

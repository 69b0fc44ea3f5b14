import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { conclude } from '../src/examine/conclude.ts'
import { factsOf } from '../src/examine/facts.ts'
import { permitOn } from '../src/examine/permit.ts'
import { replaySnapshot } from '../src/examine/replay.ts'
import { usualWindowSeconds } from '../src/examine/rounds.ts'
import type { Snapshot } from '../src/host/snapshot.ts'
import { readErrorLog } from '../src/nginx/error-log.ts'
import { median } from './timing.ts'

const logBytes = 4 * 1024 * 1024
const logTurns = 5

/** Nothing may be done on a snapshot. */
const permitAt = (host: string) => permitOn(host, null)

/** What judging costs without a host: the same snapshot again and again. */
export interface Judged {
  readonly replays: number
  /** Distinct sha256 of the diagnoses; one, or something depends on more than the snapshot. */
  readonly hashes: readonly string[]
  /** Median milliseconds: captures to facts, and facts to diagnosis. */
  readonly parseMs: number
  readonly judgeMs: number
  /** Median milliseconds for a window of 4 MiB of an error log, and its entries. */
  readonly logMs: number
  readonly logEntries: number
}

export function measureJudging(snapshot: Snapshot, replays: number): Judged {
  const captures = snapshot.captures.map(({ capture }) => capture)
  const asked = {
    host: snapshot.host,
    site: null,
    windowSeconds: usualWindowSeconds,
    collectedAt: new Date(snapshot.collectedAt),
    collection: { ms: 0, rounds: 2, roundTrips: 0, probes: [] },
  }
  const hashes = new Set<string>()
  const parsing: number[] = []
  const judging: number[] = []
  for (let turn = 0; turn < replays; turn += 1) {
    hashes.add(hashOf(replaySnapshot(snapshot)))
    const [facts, parseMs] = timed(() => factsOf(captures, snapshot.host, 'both rounds'))
    const [, judgeMs] = timed(() =>
      conclude(facts, asked, permitAt(snapshot.host), { seen: [], elsewhere: [], permitAt }),
    )
    parsing.push(parseMs)
    judging.push(judgeMs)
  }
  const log = logWindow(snapshot)
  const reading = Array.from({ length: logTurns }, () => timed(() => readErrorLog(log)))
  return {
    replays,
    hashes: [...hashes],
    parseMs: median(parsing),
    judgeMs: median(judging),
    logMs: median(reading.map(([, ms]) => ms)),
    logEntries: reading[0]?.[0].length ?? 0,
  }
}

export function judgingText({ replays, hashes, parseMs, judgeMs, logMs, logEntries }: Judged): string {
  return [
    `${replays} replays of one snapshot: ${hashes.length === 1 ? 'one hash' : `${hashes.length} HASHES`} (${hashes[0]?.slice(0, 16) ?? ''})`,
    `captures to facts   ${parseMs.toFixed(2)} ms (median)`,
    `facts to diagnosis  ${judgeMs.toFixed(2)} ms (median)`,
    `an error log of 4 MiB, ${logEntries} entries, read in ${logMs.toFixed(0)} ms (median of ${logTurns})`,
  ].join('\n')
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

function timed<T>(work: () => T): readonly [T, number] {
  const started = performance.now()
  const done = work()
  return [done, performance.now() - started]
}

/** The lines of the snapshot's own log, over and over. */
function logWindow(snapshot: Snapshot): string {
  const text = snapshot.captures.find(({ capture }) => capture.probe === 'error-log')?.capture.stdout ?? ''
  const lines = text.split('\n').filter((line) => /^\d{4}\//.test(line))
  if (lines.length === 0) throw new Error('the snapshot has no lines of an error log')
  const once = `${lines.join('\n')}\n`
  return once.repeat(Math.ceil(logBytes / once.length)).slice(0, logBytes)
}

import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { readSnapshot, type Snapshot } from '../host/snapshot.ts'
import { conclude, probeRuns } from './conclude.ts'
import { factsOf } from './facts.ts'
import { permitOn } from './permit.ts'
import { usualWindowSeconds } from './rounds.ts'

/** Judges a captured host again, offline, at the time it was captured. Throws SnapshotError. */
export async function replay(dir: string): Promise<Diagnosis> {
  return replaySnapshot(await readSnapshot(dir))
}

export function replaySnapshot(snapshot: Snapshot): Diagnosis {
  const captures = snapshot.captures.map(({ capture }) => capture)
  const facts = factsOf(captures, snapshot.host, 'both rounds')
  const rounds = Math.max(0, ...snapshot.captures.map(({ round }) => round))
  const ms = captures.reduce((sum, capture) => sum + capture.ms, 0)
  const windowArg = snapshot.captures.find(({ capture }) => capture.probe === 'error-log')?.args[0]
  const asked = {
    host: snapshot.host,
    site: null,
    windowSeconds: Number(windowArg ?? usualWindowSeconds),
    collectedAt: new Date(snapshot.collectedAt),
    collection: { ms, rounds, roundTrips: 0, probes: probeRuns(captures, facts) },
  }
  return conclude(facts, asked, permitOn(snapshot.host, null))
}

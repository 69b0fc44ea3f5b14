import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Permit } from '../diagnosis/judge.ts'
import { readSnapshot, type RecordedCapture, type Snapshot } from '../host/snapshot.ts'
import { backendUnits } from '../probes/backend-units.ts'
import { backendSeen, type BackendSeen } from './ask-backend.ts'
import { conclude, probeRuns } from './conclude.ts'
import { factsOf } from './facts.ts'
import { mastersSeen } from './other-masters.ts'
import { permitOn } from './permit.ts'
import { usualWindowSeconds } from './rounds.ts'

/** Judges a captured host again, offline, at the time it was captured. Throws SnapshotError. */
export async function replay(dir: string): Promise<Diagnosis> {
  return replaySnapshot(await readSnapshot(dir))
}

export function replaySnapshot(snapshot: Snapshot): Diagnosis {
  const own = snapshot.captures.filter(({ capture }) => capture.host === snapshot.host)
  const captures = own.flatMap(({ capture, master }) => (master === undefined ? [capture] : []))
  const facts = factsOf(captures, snapshot.host, 'both rounds')
  const seen = backendsOf(snapshot)
  const rounds = Math.max(0, ...snapshot.captures.map(({ round }) => round))
  const ms = snapshot.captures.reduce((sum, { capture }) => sum + capture.ms, 0)
  const windowArg = own.find(({ capture }) => capture.probe === 'error-log')?.args[0]
  const asked = {
    host: snapshot.host,
    site: null,
    windowSeconds: Number(windowArg ?? usualWindowSeconds),
    collectedAt: new Date(snapshot.collectedAt),
    collection: { ms, rounds, roundTrips: 0, probes: probeRuns(captures, facts) },
  }
  const elsewhere = seen.flatMap((each) =>
    each.upstreams.map((upstream) => ({ upstream, host: each.host, because: '' })),
  )
  const masters = mastersSeen(own, captures, snapshot.host)
  return conclude(facts, asked, readOnly(snapshot.host), { seen, elsewhere, permitAt: readOnly }, masters)
}

/** Nothing acts on a recording. */
function readOnly(host: string): Permit {
  return permitOn(host, null)
}

/** The machines of backends that were asked: captures of other hosts, with the upstreams that the question about units named. */
function backendsOf(snapshot: Snapshot): readonly BackendSeen[] {
  const others = snapshot.captures.filter(({ capture }) => capture.host !== snapshot.host)
  return [...new Set(others.map(({ capture }) => capture.host))].map((host) => {
    const recorded = others.filter(({ capture }) => capture.host === host)
    const captures = recorded.map(({ capture }) => capture)
    return backendSeen(host, upstreamsAsked(recorded), captures, null)
  })
}

function upstreamsAsked(recorded: readonly RecordedCapture[]): readonly string[] {
  const asked = recorded.find(({ capture }) => capture.probe === backendUnits.id)?.args ?? []
  return asked.flatMap((each) => (each.startsWith('tcp:') ? [each.slice(4)] : []))
}

import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { HostUnreachableError } from '../host/unreachable.ts'

/** A host that could not be asked is a result too: what happened, and what to do next. */
export function unreachableDiagnosis(
  error: HostUnreachableError,
  at: Date,
  windowSeconds: number,
  ms: number,
): Diagnosis {
  return {
    schema: 1,
    host: error.host,
    verdict: 'unreachable',
    headline: error.message,
    findings: [],
    unjudged: [],
    unseen: [],
    checked: [],
    collectedAt: at.toISOString(),
    timezone: '+00:00',
    window: { from: new Date(at.getTime() - windowSeconds * 1000).toISOString(), to: at.toISOString() },
    reason: error.reason,
    unreachable: { message: error.message, next: error.next },
    collection: { ms, rounds: 0, roundTrips: 0, probes: [] },
  }
}

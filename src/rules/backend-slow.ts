import type { Claim } from '../diagnosis/rule.ts'
import { isOpen } from '../symptoms/course.ts'
import { defineRule, impactOf, troubleEvidence, troubleKey } from './knowledge.ts'
import {
  doubtedByLoad,
  hungAlike,
  isUnseenCrowd,
  lateEvidence,
  overloadAlike,
  saturatedAlike,
  timeoutAlike,
} from './late/look-alikes.ts'
import { type Late, type LateSeen, latenessOf } from './late/lateness.ts'
import { verdictOn } from './late/verdict.ts'

/**
 * Cause: the backend accepts and works, but answers later than the time-out.
 * Tell-tale: timed out while reading the response header (or sending, or reading), and a request straight to the backend is slow as well;
 * where its protocol has no such request, the connections that it finishes while it is watched are that old.
 * Look-alikes: backend-hung (nothing is ever answered), backend-saturated (requests wait for a worker first), timeout-too-low (it answers in
 * normal time and the time-out is shorter), host-overloaded (everything is slow).
 */
export const backendSlow = defineRule({
  id: 'backend-slow',
  needs: ['troubles', 'host', 'nginx-config', 'live-requests'],
  settles: ['sockets', 'backend-units', 'unix-sockets', 'pressure', 'busy-processes'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const late = trouble.kind === 'answer-timeout' ? latenessOf(trouble, seen, seen['live-requests']) : null
      return late === null ? [] : judgeLate(late, seen)
    }),
})

function judgeLate(late: Late, seen: LateSeen): Claim[] {
  const verdict = verdictOn(late)
  if (verdict === 'slow') return [claimOf(late, seen)]
  return verdict === 'unclear' && fits(late) ? [{ ...claimOf(late, seen), atMost: 'possible' }] : []
}

/** It took long enough to explain the time-out, whatever else may. */
function fits({ took, limit }: Late): boolean {
  return took !== null && (took.least || took.seconds >= 0.8 * limit.seconds)
}

function claimOf(late: Late, seen: LateSeen): Claim {
  const { trouble, address, unit, limit, took } = late
  const place = trouble.endpoints[0]
  const name = unit?.unit.id ?? `the backend at ${address}`
  const time =
    took?.least === false ? `takes ${took.seconds.toFixed(1)} s` : `had none after ${(took?.seconds ?? 0).toFixed(0)} s`
  const throttled = unit?.unit.work?.throttled
  const squeezed = throttled && throttled.periods > 0 && throttled.throttled / throttled.periods > 0.2
  return {
    summary: `${name} answers too late: an answer straight from it ${time}, nginx waits ${limit.seconds} s`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...lateEvidence(late)],
    unlike: [hungAlike(late), saturatedAlike(late), timeoutAlike(late), overloadAlike(seen)],
    ...doubtedByLoad(late, seen),
    ...(isUnseenCrowd(late) && { atMost: 'possible' as const }),
    steps: [
      ...(squeezed
        ? [
            `its CPU quota held it back in ${throttled.throttled} of ${throttled.periods} periods: systemctl show -p CPUQuotaPerSecUSec ${name}`,
          ]
        : []),
      `find what holds the slow requests: journalctl -u ${unit?.unit.id ?? 'THE-BACKEND'} -n 100, its slow log, its database`,
      `raise the time-out only if these requests are meant to take that long (${limit.text})`,
    ],
  }
}

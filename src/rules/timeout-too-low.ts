import type { Claim } from '../diagnosis/rule.ts'
import { isOpen } from '../symptoms/course.ts'
import { replaceInLine } from './config-line.ts'
import { defineRule, impactOf, troubleEvidence, troubleKey } from './knowledge.ts'
import { doubtedByLoad, hungAlike, lateEvidence, overloadAlike, saturatedAlike, slowAlike } from './late/look-alikes.ts'
import { type Late, type LateSeen, latenessOf } from './late/lateness.ts'
import { defaultLimit } from './late/time-limit.ts'
import { verdictOn } from './late/verdict.ts'

/**
 * Cause: a time-out of nginx is shorter than what a usual request of this location needs.
 * Tell-tale: timed out, a *_read_timeout (or *_send_timeout) far below the default of 60 s, and the backend answers a direct request after
 * a usual time that is about as long as that limit, or longer.
 * Look-alikes: backend-slow (the answer takes long by any measure), backend-saturated, backend-hung, host-overloaded.
 */
export const timeoutTooLow = defineRule({
  id: 'timeout-too-low',
  needs: ['troubles', 'host', 'nginx-config', 'live-requests'],
  settles: ['sockets', 'backend-units', 'unix-sockets', 'pressure', 'busy-processes'],
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const late = trouble.kind === 'answer-timeout' ? latenessOf(trouble, seen, seen['live-requests']) : null
      if (late === null || verdictOn(late) !== 'timeout-too-low') return []
      const { written } = late.limit
      const diff =
        written && replaceInLine(seen['nginx-config'], written.file, written.line, written.value, `${defaultLimit}s`)
      return [claimOf(late, seen, diff)]
    }),
})

function claimOf(late: Late, seen: LateSeen, diff: string | null): Claim {
  const { trouble, address, unit, limit, took } = late
  const { written } = limit
  return {
    summary: `${limit.name} is ${limit.seconds} s, and a usual answer of ${unit?.unit.id ?? address} takes ${(took?.seconds ?? 0).toFixed(1)} s`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.unit.id }),
      ...(written && { file: written.file, line: written.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...lateEvidence(late)],
    unlike: [slowAlike(late), hungAlike(late), saturatedAlike(late), overloadAlike(seen)],
    ...doubtedByLoad(late, seen),
    steps: [
      `give it nginx's own default again, or a limit well above ${(took?.seconds ?? 0).toFixed(1)} s: ${limit.text}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

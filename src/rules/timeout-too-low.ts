import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
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
 * A websocket is cut off by the same limit when nobody speaks on it (level info: upstream timed out while proxying upgraded connection).
 * Look-alikes: backend-slow (the answer takes long by any measure), backend-saturated, backend-hung, host-overloaded.
 */
export const timeoutTooLow = defineRule({
  id: 'timeout-too-low',
  needs: ['troubles', 'host', 'nginx-config', 'live-requests'],
  settles: ['sockets', 'backend-units', 'unix-sockets', 'pressure', 'busy-processes', 'error-log'],
  // Whether the answers are late because that machine is short of something, it alone knows; the time-out is nginx's.
  atBackend: true,
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
  const { trouble, address, unit, limit, took, upgraded } = late
  const { written } = limit
  const enough = upgraded ? 'the longest silence of its websockets' : `${(took?.seconds ?? 0).toFixed(1)} s`
  return {
    summary: upgraded
      ? `${limit.name} is ${limit.seconds} s, and cuts off each websocket to ${unit?.unit.id ?? address} on which nobody speaks for so long`
      : `${limit.name} is ${limit.seconds} s, and a usual answer of ${unit?.unit.id ?? address} takes ${(took?.seconds ?? 0).toFixed(1)} s`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.unit.id }),
      ...(written && { file: written.file, line: written.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...lateEvidence(late)],
    unlike: upgraded
      ? [
          ruledOut('backend-slow', 'the handshake was answered; on an upgraded connection nobody waits for an answer'),
          ruledOut('websocket-headers-missing', 'the handshake was taken'),
          hungAlike(late),
        ]
      : [slowAlike(late), hungAlike(late), saturatedAlike(late), overloadAlike(seen)],
    ...(upgraded ? {} : doubtedByLoad(late, seen)),
    steps: [
      `give it nginx's own default again, or a limit well above ${enough}: ${limit.text}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { isRunning } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import { deathEvidence, type Ending, endingOf, type EndSeen, startAction } from './ending/ending.ts'
import { defineRule, impactOf, troubleEvidence, troubleKey } from './knowledge.ts'

/**
 * Cause: the kernel, or a guard in its stead, killed the backend, or a worker of it, because the host or its control group had no memory left.
 * Tell-tale: Result=oom-kill of its unit or systemd's line about the OOM killer, "Killed process" of one of its processes in the kernel's
 * log, or oom_kill in memory.events of its control group; or a guard in user space (earlyoom) says that it ended a process of it.
 * Look-alikes: backend-crashed (it dies by itself), backend-down (what remains of it afterwards).
 */
export const backendOomKilled = defineRule({
  id: 'backend-oom-killed',
  needs: ['troubles', 'host', 'backend-units'],
  settles: ['kernel-log'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const ending = endingOf(trouble, seen, ['closed', 'refused', 'socket-refused', 'socket-absent'])
      return ending?.deaths.some(({ how }) => how === 'oom') ? [claimOf(ending, seen)] : []
    }),
})

function claimOf(ending: Ending, seen: EndSeen): Claim {
  const { trouble, address, tied, deaths } = ending
  const unit = tied?.unit
  const place = trouble.endpoints[0]
  const [death] = deaths.filter(({ how }) => how === 'oom')
  const down = unit !== undefined && !isRunning(unit)
  const guard = death?.log.startsWith('journal of ') === true ? death.log.slice('journal of '.length) : null
  const limit = unit && unit.memoryMax !== null ? `MemoryMax=${Math.round(unit.memoryMax / 2 ** 20)} MiB` : null
  return {
    summary: `${unit?.id ?? address} was killed for memory${guard === null ? '' : ` by ${guard}`}${limit === null ? '' : ` (${limit})`}${down ? ', and is down' : `, ${death?.count ?? 1} times since the errors began`}`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: ['backend-down', 'backend-crashed', 'socket-missing', 'socket-stale'],
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...deathEvidence(ending, 'oom')],
    unlike: [
      ruledOut('backend-crashed', `it did not end by itself: ${death?.text.slice(0, 120) ?? ''}`),
      ruledOut('backend-killed-by-timeout', `${guard === null ? 'the kernel' : guard} ended it, for memory`),
    ],
    steps: [
      ...(down ? [`systemctl start ${unit.id}`] : []),
      limit === null
        ? 'see what else takes memory on this host, and how much each worker may take: fewer workers, or a leak to mend'
        : `raise ${limit} of ${unit?.id ?? ''}, or give it fewer workers, or mend the leak`,
      `journalctl ${guard === null ? '-k | grep -i oom' : `-u ${guard}`}   # which process, and how large it was`,
    ],
    ...startAction(ending),
  }
}

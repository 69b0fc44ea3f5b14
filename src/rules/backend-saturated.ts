import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isOpen } from '../symptoms/course.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { doubtedByLoad, hungAlike, lateEvidence, overloadAlike, slowAlike } from './late/look-alikes.ts'
import { type Late, type LateSeen, latenessOf } from './late/lateness.ts'
import { isHeldByStreams, verdictOn } from './late/verdict.ts'

/**
 * Cause: the backend works, and all of its workers are busy: requests wait in front of it, in the accept queue or inside.
 * Tell-tale: 11 on a unix socket (its queue is full), or time-outs while the accept queue is full or never empty, more requests wait than the
 * pool has workers, or its own log says so (php-fpm's max_children, uWSGI's listen queue); and some requests do finish.
 * Look-alikes: backend-slow (nobody waits for a worker), backend-hung (nothing finishes), host-overloaded, timeout-too-low.
 */
export const backendSaturated = defineRule({
  id: 'backend-saturated',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: [
    'live-requests',
    'sockets',
    'backend-units',
    'unix-sockets',
    'pressure',
    'busy-processes',
    'error-log',
    'process-limits',
  ],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      if (!['answer-timeout', 'queue-full', 'connect-timeout'].includes(trouble.kind)) return []
      const live = seen['live-requests'].known ? seen['live-requests'].value : null
      const late = latenessOf(trouble, seen, live)
      if (late === null) return []
      const verdict = verdictOn(late)
      const limits = limitAlike(late, seen['process-limits'])
      if (verdict === 'saturated') return [claimOf(late, limits, seen)]
      return verdict === 'unclear' && trouble.kind === 'queue-full'
        ? [{ ...claimOf(late, limits, seen), atMost: 'possible' }]
        : []
    }),
})

function claimOf(late: Late, limits: LookAlike, seen: LateSeen): Claim {
  const { trouble, address, unit, pool, queue, watch } = late
  const place = trouble.endpoints[0]
  const name = unit?.unit.id ?? `the backend at ${address}`
  const signs = [
    ...(isHeldByStreams(late)
      ? [
          `${watch?.streams ?? 0} answers that do not end hold its ${pool?.size ?? 0} workers, ${watch?.waiting ?? 0} requests wait`,
        ]
      : []),
    ...(trouble.kind === 'queue-full' ? ['its accept queue was full when nginx wanted to connect'] : []),
    ...(queue !== null && (queue.full || queue.lasting) ? [`requests stand in its accept queue (${queue.text})`] : []),
    ...(pool !== null && watch !== null && watch.waiting > pool.size && !isHeldByStreams(late)
      ? [`${watch.waiting} requests wait for ${pool.size} workers`]
      : []),
    ...(late.poolFull !== null ? ['its own log says that the pool is full'] : []),
  ]
  return {
    summary: `${name} has no free worker: ${signs.slice(0, 2).join(', ')}`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(queue !== null
        ? [seenBy(address.startsWith('unix:') ? 'unix-sockets' : 'sockets', `ss -ltnx   # ${address}`, queue.text)]
        : []),
      ...(pool !== null ? [seenBy('backend-units', 'its configuration', pool.text)] : []),
      ...lateEvidence(late),
    ],
    unlike: [queueAlike(late), hungAlike(late), overloadAlike(seen), limits],
    ...doubtedByLoad(late, seen),
    ...(!limits.out && { atMost: 'possible' as const }),
    steps: [
      `find the requests that hold the workers: ${slowLog(late)}`,
      ...(pool !== null
        ? [`more workers, as far as memory goes: ${pool.text}`]
        : ['more workers, as far as memory goes']),
      'a longer queue (listen backlog, net.core.somaxconn) only helps against short peaks',
    ],
  }
}

/**
 * A backend without free descriptors accepts nobody, and its queue fills just as well. Its descriptor table (FDSize of proc(5)) is never
 * smaller than what is open, and whoever may not count the one may read the other.
 */
function limitAlike({ unit, poolFull }: Late, limits: Knowledge['process-limits']): LookAlike {
  if (poolFull !== null) return ruledOut('fd-limit', 'its own log says that the pool was full')
  if (!limits.known) return notJudged('fd-limit', limits.reason)
  const pids = new Set([unit?.unit.mainPid, ...(unit?.unit.work?.processes ?? []).map(({ pid }) => pid)])
  const own = limits.value.filter(({ pid }) => pids.has(pid))
  const tight = own.find(({ open, slots, soft }) => (open ?? slots) >= soft)
  if (own.length === 0) return notJudged('fd-limit', 'whether its processes have descriptors left was not seen')
  return tight
    ? notJudged('fd-limit', `process ${tight.pid} may have ${tight.soft} files and sockets open, and may have as many`)
    : ruledOut(
        'fd-limit',
        own
          .map(({ pid, open, slots, soft }) => `pid ${pid}: ${open ?? `at most ${slots}`} of ${soft} descriptors`)
          .slice(0, 3)
          .join(', '),
      )
}

/** Somebody was seen to wait in front of the workers, or nginx itself found the queue full. */
function queueAlike(late: Late): LookAlike {
  if (late.trouble.kind === 'queue-full')
    return ruledOut('backend-slow', 'nginx could not even connect: errno 11, the accept queue was full')
  if (late.poolFull !== null && late.finishes === true)
    return ruledOut('backend-slow', `its own log says that the pool was full: ${late.poolFull.newest.slice(0, 120)}`)
  if (isHeldByStreams(late))
    return ruledOut('backend-slow', `all ${late.pool?.size ?? 0} workers send answers that do not end`)
  const alike = slowAlike(late)
  if (alike.out) return alike
  return late.pool !== null && late.watch !== null && late.watch.waiting > late.pool.size
    ? ruledOut('backend-slow', `${late.watch.waiting} requests wait for ${late.pool.size} workers`)
    : notJudged('backend-slow', alike.because)
}

function slowLog({ unit }: Late): string {
  if (unit === null) return 'the slow log of the backend'
  return /fpm/.test(unit.unit.id)
    ? 'request_slowlog_timeout and slowlog in its pool file, pm.status_path'
    : `journalctl -u ${unit.unit.id} -n 100`
}

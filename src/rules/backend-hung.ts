import type { Fact } from '../diagnosis/fact.ts'
import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { IdleServices } from '../probes/idle-services.ts'
import type { UnitProcess } from '../probes/unit-work.ts'
import { isOpen } from '../symptoms/course.ts'
import { defineRule, impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { doubtedByLoad, lateEvidence, overloadAlike, saturatedAlike, slowAlike } from './late/look-alikes.ts'
import { type Late, type LateSeen, latenessOf } from './late/lateness.ts'
import { awaitedBy } from './opening-connections.ts'
import { verdictOn } from './late/verdict.ts'

/**
 * Cause: the backend accepts connections and answers none of them: it was stopped by a signal, deadlocked, or waits for something for ever.
 * Tell-tale: no byte on a direct request, and its processes are stopped (state T of proc(5)), or none of the requests that wait at its
 * socket is finished, the oldest of which has waited for longer than anybody would.
 * Look-alikes: backend-slow (answers, late), backend-saturated (others still finish), timeout-too-low, host-overloaded.
 */
export const backendHung = defineRule({
  id: 'backend-hung',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: [
    'live-requests',
    'sockets',
    'backend-units',
    'unix-sockets',
    'pressure',
    'busy-processes',
    'error-log',
    'idle-services',
  ],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      if (!['answer-timeout', 'queue-full', 'connect-timeout'].includes(trouble.kind)) return []
      const live = seen['live-requests'].known ? seen['live-requests'].value : null
      const late = latenessOf(trouble, seen, live)
      return late !== null && verdictOn(late) === 'hung' ? [claimOf(late, seen, seen['idle-services'])] : []
    }),
})

function claimOf(late: Late, seen: LateSeen, idle: Fact<IdleServices>): Claim {
  const { trouble, address, unit, watch, limit } = late
  const stopped = late.stuck.filter(({ state }) => /[Tt]/.test(state))
  const place = trouble.endpoints[0]
  const waits = stopped.length > 0 ? null : waitsAlike(late, idle)
  const name = unit?.unit.id ?? `the backend at ${address}`
  const oldest = watch === null ? '' : `, the oldest request waits ${watch.oldest.toFixed(0)} s`
  const why =
    stopped.length > 0
      ? `its process${stopped.length === 1 ? '' : 'es'} ${stopped.map(({ pid }) => pid).join(', ')} ${stopped.length === 1 ? 'is' : 'are'} stopped (state T)`
      : `none of ${watch?.started ?? 0} requests was finished in ${watch?.seconds ?? 0} s${oldest}`
  return {
    summary: `${name} accepts connections and answers nothing: ${why}`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...processEvidence(late), ...lateEvidence(late)],
    unlike: [
      slowAlike(late),
      saturatedAlike(late),
      ruledOut(
        'timeout-too-low',
        `nothing came within ${(late.direct?.totalSeconds ?? limit.seconds).toFixed(0)} s either`,
      ),
      stopped.length > 0
        ? ruledOut('host-overloaded', 'a stopped process waits for a signal, not for the CPU')
        : overloadAlike(seen),
      ...(waits ? [waits] : []),
      ...(unit === null ? [notJudged('backend-slow', `which processes answer for ${address} is not known`)] : []),
    ],
    ...(stopped.length === 0 && doubtedByLoad(late, seen)),
    ...(waits && !waits.out && { atMost: 'possible' as const }),
    steps: [
      ...(stopped.length > 0
        ? [
            `see who stopped it (a debugger, kill -STOP, a shell's ^Z); kill -CONT ${stopped.map(({ pid }) => pid).join(' ')} lets it go on`,
          ]
        : [
            `see what it waits for before it is gone: cat /proc/PID/wchan /proc/PID/stack, ss -tnp, py-spy dump or jstack`,
          ]),
      `systemctl restart ${unit?.unit.id ?? 'THE-BACKEND'}`,
    ],
    ...(unit !== null && isOpen(trouble) && { action: { id: 'restart-unit' as const, target: unit.unit.id } }),
  }
}

/** Threads that wait for another machine's first answer are no deadlock, and a restart would have them wait again. */
function waitsAlike({ unit }: Late, idle: Fact<IdleServices>): LookAlike | null {
  if (!idle.known) return notJudged('backend-dependency-down', idle.reason)
  const awaited = unit && awaitedBy(unit.unit, idle)
  if (awaited) return notJudged('backend-dependency-down', `it waits for ${awaited.peer} (SYN-SENT)`)
  return idle.value.more || idle.value.opening.some(({ owners }) => owners === '')
    ? notJudged(
        'backend-dependency-down',
        'not all connections that wait for a first answer were seen, or not whose they are',
      )
    : ruledOut('backend-dependency-down', 'none of its connections waits for a first answer')
}

function processEvidence({ unit }: Late) {
  const work = unit?.unit.work
  if (!work || work.processes.length === 0) return []
  const text = work.processes.slice(0, 8).map(processText).join('\n')
  return [seenBy('backend-units', `ps -o pid,stat,time,comm of ${unit.unit.id}`, text)]
}

function processText({ pid, state, cpu, threads, name }: UnitProcess): string {
  return `${pid} ${state} ${name}, ${threads} thread${threads === 1 ? '' : 's'}, ${cpu.toFixed(2)} s CPU between two looks`
}

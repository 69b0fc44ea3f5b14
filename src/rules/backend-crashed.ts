import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { isRunning } from '../probes/unit-state.ts'
import { isOpen } from '../symptoms/course.ts'
import { restartingContainer } from './containers/loop.ts'
import { crashState, type Death, sigkill } from './ending/deaths.ts'
import {
  causeOfDeath,
  deathAlike,
  deathEvidence,
  type Ending,
  endingOf,
  type EndSeen,
  startAction,
} from './ending/ending.ts'
import { defineRule, impactOf, troubleEvidence, troubleKey } from './knowledge.ts'

/**
 * Cause: the backend's process, or a worker of it, dies while it works on requests.
 * Tell-tale: 104 or "prematurely closed", and in its own journal or the kernel's log, of the same time: killed by a signal of its own making
 * (segmentation fault, abort), an exit with an error, an uncaught exception, a worker that died.
 * Look-alikes: backend-killed-by-timeout (the supervisor's own line), backend-oom-killed (Result=oom-kill, kernel log), keepalive-race
 * (nothing dies). SIGKILL from outside is no crash: then somebody ended it, and what remains is that it is down.
 */
export const backendCrashed = defineRule({
  id: 'backend-crashed',
  needs: ['troubles', 'host', 'backend-units'],
  settles: ['kernel-log', 'containers'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const restarting = restartingContainer(trouble, seen)
      if (restarting.length > 0) return restarting
      const ending = endingOf(trouble, seen, ['closed', 'refused', 'socket-refused', 'socket-absent', 'failing-answer'])
      const how = ending && causeOfDeath(ending)
      if (!ending || (how !== 'signal' && how !== 'exit')) return []
      // Refused alone is no crash, unless what is left of the unit says so.
      const left = ending.tied ? crashState(ending.tied.unit) : []
      const shown = trouble.kind === 'closed' || left.length > 0
      return (trouble.kind === 'failing-answer' ? isAnsweredFor(ending) : shown) ? [claimOf(ending, how, seen)] : []
    }),
})

/** A server that lives answers 5xx for a worker of its own that died (Apache for its daemon processes): one death for each such answer, or nearly. */
function isAnsweredFor({ deaths, trouble }: Ending): boolean {
  const signals = deaths.filter(({ how, byHand, text }) => how === 'signal' && !byHand && !sigkill.test(text))
  return signals.some(({ count }) => count * 2 >= trouble.recent) && isOpen(trouble)
}

function claimOf(ending: Ending, how: Death['how'], seen: EndSeen): Claim {
  const { trouble, address, tied, deaths } = ending
  const death = deaths.find((each) => each.how === how)
  const place = trouble.endpoints[0]
  const unit = tied?.unit
  // Nobody sends itself SIGKILL, and systemctl kill is a person.
  const fromOutside = death !== undefined && (death.byHand || sigkill.test(death.text))
  const down = unit !== undefined && !isRunning(unit)
  const restarts = unit && unit.restarts > 0 ? `, systemd has started it again ${unit.restarts} times` : ''
  return {
    summary: `${unit?.id ?? address} ${how === 'signal' ? 'is killed by a signal' : 'ends with an error'} while it works on requests: ${tellDeath(death)}${down ? '; it is down now' : restarts}`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    ...(!fromOutside && { explains: ['backend-down'] }),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...deathEvidence(ending, how)],
    unlike: [
      deathAlike('backend-killed-by-timeout', 'time-limit', ending, seen),
      deathAlike('backend-oom-killed', 'oom', ending, seen),
      ruledOut('keepalive-race', 'a process of it did end in that time'),
    ],
    ...(fromOutside && { atMost: 'possible' as const }),
    steps: [
      `what it said before: journalctl -u ${unit?.id ?? 'THE-BACKEND'} -n 100${how === 'signal' ? '; coredumpctl info' : ''}`,
      ...(down ? [`systemctl start ${unit.id}`] : []),
      ...(unit && unit.restartPolicy === 'no'
        ? [`let systemd start it again by itself: Restart=on-failure in a drop-in (systemctl edit ${unit.id})`]
        : []),
    ],
    ...(!fromOutside && startAction(ending)),
  }
}

function tellDeath(death: Death | undefined): string {
  const text = (death?.text ?? '').replace(/^\[[^\]]*\] (?:\[\d+\] )?(?:\[[A-Z]+\] |[A-Z]+: )?/, '').slice(0, 140)
  return death !== undefined && death.count > 1 ? `${text} (${death.count} times)` : text
}

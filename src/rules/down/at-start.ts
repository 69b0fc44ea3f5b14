import type { Claim } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import { isRunning, type Unit } from '../../probes/unit-state.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { causeOfDeath, deathAlike, deathEvidence, type Ending, endingOf } from '../ending/ending.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import { listenersAt } from '../listening.ts'
import type { DownSeen } from './look-alikes.ts'
import { lastWords } from './last-words.ts'

/** It ends at each start, and systemd has just started it once more: for a moment it looks well, and even listens. */
export function failsAtStart(trouble: Trouble, seen: DownSeen): Claim[] {
  const units = seen['backend-units']
  if (!units.known) return []
  const known = { ...seen, 'backend-units': units.value }
  const ending = endingOf(trouble, known, ['refused', 'closed'])
  const unit = ending?.tied?.unit
  if (!ending || !unit || !isRunning(unit) || unit.restarts === 0) return []
  const how = causeOfDeath(ending)
  if (how !== 'at-start' && !(how === 'exit' && neverListens(ending, unit, seen))) return []
  const said = lastWords(unit, seen.host)
  const place = trouble.endpoints[0]
  return [
    {
      summary: `${unit.id} ends after each start, before it serves anybody, ${unit.restarts} restarts so far${said === null ? '' : `, last with ${said}`}`,
      subject: {
        upstream: ending.address,
        unit: unit.id,
        ...(place && { file: place.file, line: place.line }),
      },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        ...deathEvidence(ending, how),
        ...(unit.journal.length > 0
          ? [seenBy('backend-units', `journalctl -u ${unit.id}`, unit.journal.slice(-5).join('\n'))]
          : []),
      ],
      unlike: [
        how === 'at-start'
          ? ruledOut('backend-crashed', 'it did not come as far as a request')
          : notJudged('backend-crashed', 'whether it once listened between two starts was not seen'),
        deathAlike('backend-oom-killed', 'oom', ending, known),
        ruledOut('keepalive-race', 'a process of it did end in that time'),
      ],
      steps: [
        `journalctl -u ${unit.id} -n 50   # why it ends; systemd itself starts it again and again`,
        `systemctl restart ${unit.id}   # once that is mended`,
      ],
    },
  ]
}

const ENDS = 2

/** Every connection was refused, nothing listens now, and its main process ended by itself each time. One that dies of its requests closes some of them too. */
function neverListens({ trouble, address, deaths }: Ending, unit: Unit, seen: DownSeen): boolean {
  const ends = deaths.filter(({ how, text }) => how === 'exit' && text.includes('Main process exited, code=exited'))
  return (
    trouble.kind === 'refused' &&
    unit.restarts >= ENDS &&
    ends.some(({ count }) => count >= ENDS) &&
    listenersAt(address, seen.sockets).length === 0
  )
}

import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isOpen } from '../symptoms/course.ts'
import { causeOfDeath, deathAlike, deathEvidence, type Ending, endingOf, type EndSeen } from './ending/ending.ts'
import { defineRule, impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

/**
 * Cause: the backend's own supervisor kills a worker that is not done in time, and the request dies with it.
 * Tell-tale: 104 or "prematurely closed", and that supervisor's line: gunicorn "WORKER TIMEOUT", php-fpm "execution timed out ... terminating"
 * (request_terminate_timeout), uWSGI "HARAKIRI"; without its log, a live request that is closed on just as that limit ends.
 * systemd does so as well, by RuntimeMaxSec=.
 * Look-alikes: backend-crashed (a signal or error of its own), backend-oom-killed, keepalive-race.
 */
export const backendKilledByTimeout = defineRule({
  id: 'backend-killed-by-timeout',
  needs: ['troubles', 'host', 'backend-units'],
  settles: ['kernel-log'],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => {
      const ending = endingOf(trouble, seen)
      return ending && causeOfDeath(ending) === 'time-limit' ? [claimOf(ending, seen)] : []
    }),
})

/** RuntimeMaxSec= of systemd.service(5). */
const ENDED_BY_SYSTEMD = /reached runtime time limit/

function claimOf(ending: Ending, seen: EndSeen): Claim {
  const { trouble, address, tied, deaths, limit, endedAtLimit } = ending
  const death = deaths.find(({ how }) => how === 'time-limit')
  const place = trouble.endpoints[0]
  const unit = tied?.unit
  const after = limit ? ` after ${limit.seconds} s (${limit.name})` : ''
  const shown = death
    ? `${death.count === 1 ? 'one worker' : `${death.count} workers`}, says its own log`
    : `a live request was closed on after ${(endedAtLimit ?? 0).toFixed(1)} s`
  const bySystemd = death !== undefined && ENDED_BY_SYSTEMD.test(death.text)
  return {
    summary: bySystemd
      ? `systemd ends ${unit?.id ?? address}${after} each time, whatever it works on: ${death.count} times, says the journal`
      : `${unit?.id ?? address} kills its own workers that are not done${after}: ${shown}`,
    subject: {
      upstream: address,
      ...(unit && { unit: unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...deathEvidence(ending, 'time-limit'),
      ...(limit ? [seenBy('backend-units', 'its configuration', limit.text)] : []),
    ],
    unlike: [
      death
        ? ruledOut('backend-crashed', 'its supervisor says that it ended the worker itself')
        : notJudged('backend-crashed', `${unit?.telling.unknown ?? 'its log was not read'}; only the time fits`),
      deathAlike('backend-oom-killed', 'oom', ending, seen),
      ruledOut(
        'keepalive-race',
        death ? 'workers were ended while they worked' : 'the request had waited for seconds when it was closed on',
      ),
    ],
    steps: [
      `find what these requests wait for: journalctl -u ${unit?.id ?? 'THE-BACKEND'} -n 100, its slow log, its database`,
      ...(limit ? [`raise the limit only if they are meant to take longer: ${limit.text}`] : []),
    ],
  }
}

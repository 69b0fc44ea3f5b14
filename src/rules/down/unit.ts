import type { Claim } from '../../diagnosis/rule.ts'
import { isEmptyShell, type Unit } from '../../probes/unit-state.ts'
import { isOpen } from '../../symptoms/course.ts'
import { agoOf, instantAgo, sinceWords } from '../../symptoms/time.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import { staleAlike } from '../name-alike.ts'
import { stoppedOnPurpose, type TiedUnit } from '../tied-units.ts'
import { lastWords } from './last-words.ts'
import { downAlikes, type DownSeen, killedAlike, natRule } from './look-alikes.ts'

/** With `rivals`, other stopped units that name the address as well, nobody can tell which of them is missed. */
export function downUnit(
  trouble: Trouble,
  address: string,
  down: TiedUnit,
  rivals: readonly TiedUnit[],
  tied: readonly TiedUnit[],
  seen: DownSeen,
): Claim {
  const { unit, tie } = down
  const purpose = stoppedOnPurpose(unit)
  const stale = staleAlike(trouble, address, seen['name-resolution'])
  const killed = killedAlike(unit, seen['kernel-log'])
  const place = trouble.endpoints[0]
  return {
    summary: `${unit.id} ${stateInWords(unit, seen)}; nothing listens on ${address}`,
    ...(unit.changedAt !== null &&
      !isEmptyShell(unit) && { since: instantAgo(seen.host, agoOf(unit.changedAt, seen.host)) }),
    subject: { upstream: address, unit: unit.id, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    // systemd closes what waits in a socket that it gives up: those connections say nothing of how the service ended.
    ...(tie.kind === 'socket' && { explains: ['backend-crashed' as const] }),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('backend-units', `systemctl show ${unit.id}`, unitText(unit)),
      ...(unit.journal.length > 0
        ? [seenBy('backend-units', `journalctl -u ${unit.id}`, unit.journal.slice(-5).join('\n'))]
        : []),
      seenBy(
        'backend-units',
        `what names ${address}`,
        [tie, ...rivals.map((each) => each.tie)].map((each) => each.text).join('\n'),
      ),
    ],
    unlike: [...downAlikes(trouble, address, tied, seen), ...killed, ...(stale.open ? [stale.alike] : [])],
    ...((tie.kind === 'journal' || isEmptyShell(unit)) && { atMost: 'likely' as const }),
    ...((rivals.length > 0 ||
      stale.open ||
      killed.some(({ out }) => !out) ||
      natRule(trouble, address, seen) !== undefined) && { atMost: 'possible' as const }),
    steps: [
      ...rivals.map((each) => `${each.unit.id} names ${address} too: find out which of them is to serve it`),
      ...stepsFor(unit),
    ],
    ...(purpose === null && rivals.length === 0 && mayBeStarted(unit) && startOf(down, seen)),
  }
}

/** A start does nothing to one that systemd holds for started, nothing that systemd will not do by itself to one that it starts again and again, and ends like the last one where another unit is to start first. */
function mayBeStarted(unit: Unit): boolean {
  return !isEmptyShell(unit) && unit.sub !== 'auto-restart' && !lacksAnother(unit)
}

/** Its last start was not even tried: a unit that it requires did not start (systemd's src/core/job.c: JOB_DEPENDENCY). */
function lacksAnother({ id, active, journal }: Unit): boolean {
  const last = journal.findLast((line) => / systemd\[1\]: /.test(line))
  return (
    active === 'inactive' &&
    last?.includes(` systemd[1]: ${id}: Job ${id}/start failed with result 'dependency'`) === true
  )
}

/** Of a service that a socket unit starts, the socket unit: it holds the port, and the next connection starts the service. */
function startOf({ unit, tie }: TiedUnit, { 'backend-units': backend }: DownSeen): Pick<Claim, 'action'> {
  if (tie.kind !== 'socket') return { action: { id: 'start-unit', target: unit.id } }
  const sockets = backend.known ? backend.value.sockets.filter(({ id }) => unit.triggeredBy.includes(id)) : []
  const [socket] = sockets
  const stopped = sockets.length === 1 && socket?.load === 'loaded' && socket.active === 'inactive'
  // One that failed did so because its service did; one that is not enabled may be down on purpose.
  const well = socket?.result === 'success' && unit.result === 'success' && socket.fileState.startsWith('enabled')
  return stopped && well ? { action: { id: 'start-unit', target: socket.id } } : {}
}

function stateInWords(unit: Unit, seen: DownSeen): string {
  if (isEmptyShell(unit)) return 'has no process any more, although systemd calls it active (exited)'
  const since = unit.changedAt === null ? '' : ` ${sinceWords(unit.changedAt, seen.host)}`
  const said = lastWords(unit, seen.host)
  const words = said === null ? '' : `, last with ${said}`
  if (lacksAnother(unit)) return `is down${since} (a unit that it requires does not start)`
  if (unit.active === 'failed') return `is down${since} (it failed: ${unit.result}${words})`
  if (unit.sub === 'auto-restart') return `is down: it keeps failing, ${unit.restarts} restarts so far${words}`
  return `is down${since}`
}

function unitText(unit: Unit): string {
  return `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result} ExecMainStatus=${unit.exitCode} NRestarts=${unit.restarts} UnitFileState=${unit.fileState}`
}

function stepsFor(unit: Unit): readonly string[] {
  if (isEmptyShell(unit))
    return [
      `systemctl restart ${unit.id}   # a start does nothing: systemd holds it for started`,
      `journalctl -u ${unit.id} -n 50   # what ended the process that it had left in the background`,
    ]
  const reset = unit.result === 'start-limit-hit' ? [`systemctl reset-failed ${unit.id}`] : []
  const masked = unit.load === 'masked' ? [`systemctl unmask ${unit.id}   # somebody masked it: ask first`] : []
  const sockets = unit.triggeredBy.filter((each) => each.endsWith('.socket'))
  if (lacksAnother(unit))
    return [
      `systemctl list-dependencies ${unit.id}; systemctl --failed   # which unit it requires, and why that does not start`,
      `systemctl start ${unit.id}   # once that one runs`,
    ]
  if (unit.sub === 'auto-restart')
    return [
      `journalctl -u ${unit.id} -n 50   # why it ends; systemd itself starts it again and again`,
      `systemctl restart ${unit.id}   # once that is mended`,
    ]
  return [
    ...masked,
    ...reset,
    ...sockets.map(
      (each) => `systemctl reset-failed ${each}; systemctl start ${each}   # it holds the port for ${unit.id}`,
    ),
    `systemctl start ${unit.id}`,
    `journalctl -u ${unit.id} -n 50   # if it does not stay up`,
  ]
}

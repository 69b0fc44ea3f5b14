import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Host } from '../probes/host.ts'
import type { Listener, Sockets } from '../probes/sockets.ts'
import { isUp, type Unit } from '../probes/unit-state.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { agoOf, instantAgo } from '../symptoms/time.ts'
import { liveFailed } from '../symptoms/kind.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { badAnswers } from './consequences.ts'
import { deadEndAt, forwardedKinds } from './forwarded/dead-end.ts'
import { downBehindForwarder } from './forwarded/down.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt, listenerText } from './listening.ts'
import { isInUse, type TiedUnit, tiedUnits } from './tied-units.ts'

interface Seen {
  readonly host: Host
  readonly sockets: Sockets
}

/** Words for errno 98 in the journals of gunicorn, Node.js, Python, Apache and php-fpm. */
const IN_USE = /EADDRINUSE|address (?:already )?in use|connection in use|already listen on|(?:errno |\()98\b/i

/** A listener is not a backend: pid 1 holds the port of a socket unit, a left-over process that of a unit that failed, a forwarder that of anybody. */
export function heldByAnother(trouble: Trouble, address: string, backend: BackendUnits, seen: Seen): Claim[] {
  if (!forwardedKinds.includes(trouble.kind) || !isLocal(address, seen.host.addresses)) return []
  const listeners = listenersAt(address, seen.sockets)
  const owners = listeners.flatMap((listener) => listener.owners)
  if (listeners.length === 0 || owners.length === 0) return []
  const down = tiedUnits(address, backend).filter(({ unit }) => !isUp(unit) && isInUse(unit))
  const [first, ...rivals] = down
  const bySystemd = owners.every((owner) => owner.pid === 1)
  if (
    first &&
    rivals.length === 0 &&
    (bySystemd ? first.tie.kind === 'socket' && doesNotComeUp(first, trouble) : keepsFromStarting(first))
  )
    return [claimOf(trouble, address, first, listeners, bySystemd, seen)]
  const end = first ? null : deadEndAt(address, backend, seen)
  return end ? [downBehindForwarder(trouble, address, end, seen.host)] : []
}

/** A service that is started on demand may be down between two requests: it failed, or a request of this moment does not wake it. */
function doesNotComeUp({ unit }: TiedUnit, trouble: Trouble): boolean {
  return unit.result !== 'success' || unit.load === 'masked' || trouble.live.some(liveFailed)
}

/** It does not run because its port is taken; whose process that is, an old one of its own or another's, makes no difference. */
function keepsFromStarting({ unit }: TiedUnit): boolean {
  return unit.journal.some((line) => IN_USE.test(line))
}

function claimOf(
  trouble: Trouble,
  address: string,
  { unit, tie }: TiedUnit,
  listeners: readonly Listener[],
  bySystemd: boolean,
  seen: Seen,
): Claim {
  const [listener] = listeners
  const owner = listener?.owners[0]
  const place = trouble.endpoints[0]
  const how = bySystemd
    ? `systemd holds ${address} for it, accepts connections and cannot start it`
    : `${owner?.name ?? 'a process'} (pid ${owner?.pid ?? ''}) holds ${address} and keeps it from starting`
  return {
    summary: `${unit.id} is down (${unit.active}${unit.result === 'success' ? '' : `, ${unit.result}`}); ${how}`,
    ...(unit.changedAt !== null && { since: instantAgo(seen.host, agoOf(unit.changedAt, seen.host)) }),
    subject: { upstream: address, unit: unit.id, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: badAnswers,
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('sockets', 'ss -Htlnp', listeners.map(listenerText).join('\n')),
      seenBy(
        'backend-units',
        `systemctl show ${unit.id}`,
        `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result} NRestarts=${unit.restarts}`,
      ),
      seenBy(
        'backend-units',
        `journalctl -u ${unit.id}`,
        unit.journal
          .filter((line) => IN_USE.test(line))
          .slice(-2)
          .join('\n') || unit.journal.slice(-5).join('\n'),
      ),
      seenBy('backend-units', `what names ${address}`, tie.text),
    ],
    unlike: [
      ruledOut('backend-wrong-port', `the address is right: ${unit.id} names it`),
      ruledOut('firewall-blocked', `connections to ${address} are accepted`),
      ...(bySystemd
        ? []
        : [
            owner
              ? ruledOut('backend-hung', `pid ${owner.pid} is no process of ${unit.id} that runs`)
              : notJudged('backend-hung', 'who holds the port is not known'),
          ]),
    ],
    steps: bySystemd ? socketSteps(unit) : leftOverSteps(unit, owner?.pid),
  }
}

function socketSteps(unit: Unit): readonly string[] {
  const socket = unit.triggeredBy.find((each) => each.endsWith('.socket'))
  const masked = unit.load === 'masked' ? [`systemctl unmask ${unit.id}   # somebody masked it: ask first`] : []
  return [
    ...masked,
    `journalctl -u ${unit.id} -n 50   # why it does not start`,
    `systemctl start ${unit.id}`,
    ...(socket ? [`systemctl status ${socket}`] : []),
  ]
}

/** Which process to end is for a person to decide. */
function leftOverSteps(unit: Unit, pid: number | undefined): readonly string[] {
  return [
    `ps -o pid,ppid,user,lstart,args -p ${pid ?? 'PID'}   # what it is; a left-over process of ${unit.id} may be ended, another service must give up the port`,
    `systemctl reset-failed ${unit.id}; systemctl start ${unit.id}   # once the port is free`,
  ]
}

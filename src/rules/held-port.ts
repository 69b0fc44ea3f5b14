import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Host } from '../probes/host.ts'
import type { Listener, Sockets } from '../probes/sockets.ts'
import { isRunning, type Unit } from '../probes/unit-state.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { agoOf, instantAgo } from '../symptoms/time.ts'
import { liveFailed } from '../symptoms/kind.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { badAnswers } from './consequences.ts'
import { forwardTarget } from './forwarder.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt, listenerText } from './listening.ts'
import { isInUse, type TiedUnit, tiedUnits } from './tied-units.ts'

interface Seen {
  readonly host: Host
  readonly sockets: Sockets
}

/** What a backend that is not there looks like while something else holds its port: accepted, and then nothing, or closed. */
const kinds: readonly Trouble['kind'][] = [
  'closed',
  'answer-timeout',
  'connect-timeout',
  'bad-answer',
  'gateway-error',
  'queue-full',
  'error-answer',
]

/** Words for errno 98 in the journals of gunicorn, Node.js, Python, Apache and php-fpm. */
const IN_USE = /EADDRINUSE|address (?:already )?in use|connection in use|already listen on|(?:errno |\()98\b/i

/** A listener is not a backend: pid 1 holds the port of a socket unit, a left-over process that of a unit that failed, a forwarder that of anybody. */
export function heldByAnother(trouble: Trouble, address: string, backend: BackendUnits, seen: Seen): Claim[] {
  if (!kinds.includes(trouble.kind) || !isLocal(address, seen.host.addresses)) return []
  const listeners = listenersAt(address, seen.sockets)
  const owners = listeners.flatMap((listener) => listener.owners)
  if (listeners.length === 0 || owners.length === 0) return []
  const down = tiedUnits(address, backend).filter(({ unit }) => !isRunning(unit) && isInUse(unit))
  const [first, ...rivals] = down
  const bySystemd = owners.every((owner) => owner.pid === 1)
  if (
    first &&
    rivals.length === 0 &&
    (bySystemd ? first.tie.kind === 'socket' && doesNotComeUp(first, trouble) : keepsFromStarting(first))
  )
    return [claimOf(trouble, address, first, listeners, bySystemd, seen)]
  return first
    ? []
    : owners.flatMap((owner) => forwardClaim(trouble, address, owner.pid, listeners, backend, seen)).slice(0, 1)
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

/** A forwarder accepts for somebody who is not there. */
function forwardClaim(
  trouble: Trouble,
  address: string,
  pid: number,
  listeners: readonly Listener[],
  backend: BackendUnits,
  seen: Seen,
): Claim[] {
  const forward = forwardTarget(pid, backend)
  if (!forward || !isLocal(forward.target, seen.host.addresses) || listenersAt(forward.target, seen.sockets).length > 0)
    return []
  const place = trouble.endpoints[0]
  const [down, ...rivals] = tiedUnits(forward.target, backend).filter(({ unit }) => !isRunning(unit) && isInUse(unit))
  const known = down !== undefined && rivals.length === 0
  return [
    {
      summary: `${listeners[0] ? listenerText(listeners[0]) : address} only forwards to ${forward.target}, where nothing listens${known ? `: ${down.unit.id} is down` : ''}`,
      subject: {
        upstream: address,
        ...(known && { unit: down.unit.id }),
        ...(place && { file: place.file, line: place.line }),
      },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      explains: badAnswers,
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        seenBy('backend-units', `tr '\\0' ' ' </proc/${pid}/cmdline`, forward.text),
        seenBy('sockets', 'ss -Htlnp', `no listener on ${forward.target}`),
        ...(known
          ? [
              seenBy(
                'backend-units',
                `systemctl show ${down.unit.id}`,
                `ActiveState=${down.unit.active} SubState=${down.unit.sub} Result=${down.unit.result}`,
              ),
            ]
          : []),
      ],
      unlike: [
        ruledOut('firewall-blocked', `connections to ${address} are accepted`),
        known
          ? ruledOut('backend-wrong-port', `${down.unit.id} names ${forward.target}`)
          : notJudged('backend-wrong-port', `no stopped service is tied to ${forward.target}`),
      ],
      ...(!known && { atMost: 'likely' as const }),
      steps: known
        ? [`systemctl start ${down.unit.id}`, `journalctl -u ${down.unit.id} -n 50   # if it does not stay up`]
        : [`find out what should listen on ${forward.target} and start it`],
      ...(known && down.tie.kind !== 'journal' && { action: { id: 'start-unit' as const, target: down.unit.id } }),
    },
  ]
}

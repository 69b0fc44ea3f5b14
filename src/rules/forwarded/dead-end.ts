import type { BackendUnits } from '../../probes/backend-units.ts'
import type { Host } from '../../probes/host.ts'
import type { Listener, Sockets } from '../../probes/sockets.ts'
import { isUp } from '../../probes/unit-state.ts'
import { isLocal } from '../../symptoms/address.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { forwardTarget } from '../forwarder.ts'
import { listenersAt, listenerText } from '../listening.ts'
import { isInUse, type TiedUnit, tiedUnits } from '../tied-units.ts'

/** nginx talks to a process that only passes connections on, to an address of this machine where nobody listens. */
export interface DeadEnd {
  readonly pid: number
  /** The listener of the process, as ss shows it. */
  readonly listener: string
  readonly target: string
  /** Its command line. */
  readonly text: string
  /** The one unit that is tied to the target and does not run; null where there is none, or more than one. */
  readonly down: TiedUnit | null
}

interface Seen {
  readonly host: Host
  readonly sockets: Sockets
}

/** What such a process makes of a connection that leads nowhere: it is accepted, and then closed, or nothing comes. */
export const forwardedKinds: readonly Trouble['kind'][] = [
  'closed',
  'answer-timeout',
  'connect-timeout',
  'bad-answer',
  'gateway-error',
  'queue-full',
  'error-answer',
]

export function deadEndAt(address: string, backend: BackendUnits, seen: Seen): DeadEnd | null {
  if (address.startsWith('unix:') || !isLocal(address, seen.host.addresses)) return null
  const ends = listenersAt(address, seen.sockets).flatMap((listener) =>
    listener.owners.flatMap(({ pid }) => deadEndOf(pid, listener, backend, seen)),
  )
  return ends[0] ?? null
}

function deadEndOf(pid: number, listener: Listener, backend: BackendUnits, seen: Seen): DeadEnd[] {
  const forward = forwardTarget(pid, backend)
  if (!forward || !isLocal(forward.target, seen.host.addresses) || listenersAt(forward.target, seen.sockets).length > 0)
    return []
  const down = tiedUnits(forward.target, backend).filter(({ unit }) => !isUp(unit) && isInUse(unit))
  const [only, ...rivals] = down
  return [{ pid, listener: listenerText(listener), ...forward, down: rivals.length === 0 ? (only ?? null) : null }]
}

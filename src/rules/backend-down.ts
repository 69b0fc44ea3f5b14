import type { Claim } from '../diagnosis/rule.ts'
import { isUp } from '../probes/unit-state.ts'
import { isLocal, portOf } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { stoppedContainer } from './containers/down.ts'
import { insideContainer } from './containers/inside.ts'
import { failsAtStart } from './down/at-start.ts'
import type { DownSeen } from './down/look-alikes.ts'
import { downUnit } from './down/unit.ts'
import { refusedElsewhere, unserved } from './down/unserved.ts'
import { heldByAnother } from './held-port.ts'
import { defineRule } from './knowledge.ts'
import { listenersAt, othersOnPort } from './listening.ts'
import { heldElsewhere, isInUse, tiedUnits } from './tied-units.ts'

/**
 * Cause: the unit behind the upstream does not run, and nothing listens on its address.
 * Tell-tale: 111 (2 for a unix socket) on connect, no listener on that port at any address, the unit tied to the address is down.
 * Or the unit ends at each start and systemd starts it again and again (down/at-start.ts).
 * The same of a container that publishes the address (containers/down.ts), or that runs while nothing in it listens (containers/inside.ts).
 * Look-alikes: backend-wrong-port (a running unit listens elsewhere), listen-address-mismatch (same port, other address),
 * firewall-blocked (there is a listener, or nat carries the port), socket-stale and socket-missing (unix).
 */
export const backendDown = defineRule({
  id: 'backend-down',
  needs: ['troubles', 'sockets', 'host'],
  settles: [
    'backend-units',
    'firewall',
    'socket-paths',
    'name-resolution',
    'containers',
    'nginx-config',
    'unix-sockets',
    'kernel-log',
  ],
  atBackend: true,
  judge: (seen) =>
    seen.troubles.flatMap((trouble) => [
      ...judgeTrouble(trouble, seen),
      ...insideContainer('backend-down', trouble, seen),
      ...failsAtStart(trouble, seen),
    ]),
})

function judgeTrouble(trouble: Trouble, seen: DownSeen): Claim[] {
  const { address } = trouble
  const kinds: readonly Trouble['kind'][] = ['refused', 'socket-absent']
  const units = seen['backend-units']
  if (address !== null && mayBelieve(trouble) && units.known && !kinds.includes(trouble.kind))
    return heldByAnother(trouble, address, units.value, seen)
  if (!kinds.includes(trouble.kind) || address === null || !mayBelieve(trouble)) return []
  if (!isLocal(address, seen.host.addresses)) return [refusedElsewhere(trouble, address, seen)]
  if (trouble.kind === 'refused' && isListenedTo(address, seen)) return []

  const tied = units.known ? tiedUnits(address, units.value) : []
  const stopped = tied.filter(
    (each) => !isUp(each.unit) && !(units.known && heldElsewhere(each, units.value).length > 0),
  )
  const inUse = stopped.filter(({ unit }) => isInUse(unit))
  const candidates = inUse.length > 0 ? inUse : stopped
  const [down] = candidates
  if (down) return [downUnit(trouble, address, down, candidates.slice(1), tied, seen)]
  if (tied.length > 0 || trouble.kind === 'socket-absent') return []
  const container = stoppedContainer(trouble, address, seen)
  if (container.length > 0) return container
  return [unserved(trouble, address, seen)]
}

/** At another address of the host as well, unless it is nginx itself that listens there: that is no backend. */
function isListenedTo(address: string, { sockets, 'nginx-config': config }: DownSeen): boolean {
  const model = config.known ? config.value.model : null
  return listenersAt(address, sockets).length > 0 || othersOnPort(portOf(address), sockets, model).length > 0
}

/** An address that only the old configuration in force can explain is the business of config-not-reloaded, that of an old name of upstream-address-stale. */
function mayBelieve(trouble: Trouble): boolean {
  return !['none', 'configuration-changed', 'name-before'].includes(trouble.believed)
}

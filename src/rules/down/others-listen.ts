import { endpointsOf } from '../../nginx/config-endpoints.ts'
import type { Listener } from '../../probes/sockets.ts'
import { formatAddress } from '../../symptoms/address.ts'
import { isUsualDaemon } from '../usual-daemons.ts'
import type { DownSeen } from './look-alikes.ts'

/**
 * On a host whose services nobody can list: whether some process listens that might be the missing backend at another port. Words when each
 * listener is known to be something else, null when one is not, or when owners were not shown.
 */
export function nobodyElseListens({ sockets, host, ...seen }: DownSeen): string | null {
  const config = seen['nginx-config']
  if (host.systemd || !sockets.ownersSeen || !config.known) return null
  const wanted = new Set(endpointsOf(config.value.model).map(({ address }) => address))
  const strangers = sockets.listeners.filter((listener) => !isKnown(listener, wanted))
  if (strangers.length > 0) return null
  const names = [...new Set(sockets.listeners.flatMap(({ owners }) => owners.map(({ name }) => name)))]
  return `all that listens is something else: ${names.slice(0, 8).join(', ')}`
}

function isKnown({ address, port, owners }: Listener, wanted: ReadonlySet<string>): boolean {
  if (wanted.has(formatAddress(address, port))) return true
  return owners.length > 0 && owners.every(({ name }) => isUsualDaemon(name))
}

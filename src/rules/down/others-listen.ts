import { endpointsOf } from '../../nginx/config-endpoints.ts'
import type { Listener } from '../../probes/sockets.ts'
import { formatAddress } from '../../symptoms/address.ts'
import { isUsualDaemon } from '../usual-daemons.ts'
import type { DownSeen } from './look-alikes.ts'

/**
 * Whether some process listens that might be the missing backend at another port or on a unix socket. Words when each listener is known to be
 * something else, null when one is not, when owners were not shown, or when a container runs.
 */
export function nobodyElseListens({ sockets, host, ...seen }: DownSeen): string | null {
  const config = seen['nginx-config']
  const unix = seen['unix-sockets']
  if (!sockets.ownersSeen || !config.known) return null
  // Without systemd there is often no ss either, and the ports are all that is to be had.
  if (host.systemd && (!unix.known || !seen['backend-units'].known)) return null
  if (mayBeInside(seen.containers)) return null
  const endpoints = endpointsOf(config.value.model)
  const wanted = new Set(endpoints.map(({ address }) => address))
  const paths = new Set(endpoints.map((endpoint) => endpoint.unix))
  const listeners = [
    ...sockets.listeners.filter(({ address, port }) => !wanted.has(formatAddress(address, port))),
    ...(unix.known ? unix.value.listeners.filter(({ path }) => !paths.has(path)) : []),
  ]
  if (listeners.some((listener) => !isUsual(listener))) return null
  const names = [...new Set(sockets.listeners.flatMap(({ owners }) => owners.map(({ name }) => name)))]
  return `all that listens is something else: ${names.slice(0, 8).join(', ')}`
}

/** A container that runs may be the backend, with a port that is not published: its listeners are not among ours. */
function mayBeInside(containers: DownSeen['containers']): boolean {
  if (!containers.known) return true
  const { engines, containers: all } = containers.value
  return (
    engines.some(({ state }) => state === 'unknown') ||
    all.some(({ state }) => state !== 'exited' && state !== 'created')
  )
}

function isUsual({ owners }: Pick<Listener, 'owners'>): boolean {
  return owners.length > 0 && owners.every(({ name }) => isUsualDaemon(name))
}

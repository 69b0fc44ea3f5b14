import type { Fact } from '../diagnosis/fact.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import type { Sockets } from '../probes/sockets.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import type { Unit } from '../probes/unit-state.ts'
import { formatAddress, hostOf } from '../symptoms/address.ts'
import { listenerText } from './listening.ts'
import { poolOf } from './pool-name.ts'
import { unitOfPid } from './tied-units.ts'
import { isUsualDaemon } from './usual-daemons.ts'

/** Something that listens where nginx is not told to connect. */
export interface UnusedListener {
  readonly address: string
  readonly process: string
  readonly unit: Unit | null
  /** The php-fpm pool that it is, where that is known. */
  readonly pool: string | null
  readonly text: string
}

export interface ListenersSeen {
  readonly sockets: Sockets
  readonly 'unix-sockets': Fact<{ readonly listeners: readonly UnixListener[] }>
  readonly 'nginx-config': ConfigOnDisk
  readonly 'backend-units': BackendUnits
}

/** What holds the published port of a container: the application behind it is the container's. */
const ofContainers = /^(?:docker-proxy|conmon|rootlessport|slirp4netns)/

/** All that listens and that no pass of the configuration goes to, the daemons of the host aside; each at the address where nginx would reach it, which dials `dialled` now. */
export function unusedListeners(seen: ListenersSeen, dialled: string): readonly UnusedListener[] {
  const endpoints = endpointsOf(seen['nginx-config'].model)
  const ports = new Set(endpoints.map((endpoint) => endpoint.port))
  const paths = new Set(endpoints.map((endpoint) => endpoint.unix))
  const tcp = seen.sockets.listeners
    .filter((listener) => !ports.has(listener.port))
    .flatMap((listener) =>
      candidate(
        seen,
        listener.owners[0],
        formatAddress(reachable(listener.address, hostOf(dialled)), listener.port),
        listenerText(listener),
      ),
    )
  const unix = seen['unix-sockets'].known
    ? seen['unix-sockets'].value.listeners
        .filter((listener) => !paths.has(listener.path))
        .flatMap((listener) =>
          candidate(
            seen,
            listener.owners[0],
            `unix:${listener.path}`,
            `${listener.path} (${listener.owners[0]?.name ?? 'owner not seen'})`,
          ),
        )
    : []
  return [...tcp, ...unix].filter(
    (each, index, list) => list.findIndex((other) => other.address === each.address) === index,
  )
}

function candidate(
  seen: ListenersSeen,
  owner: { readonly name: string; readonly pid: number } | undefined,
  address: string,
  text: string,
): UnusedListener[] {
  if (!owner || isUsualDaemon(owner.name) || ofContainers.test(owner.name)) return []
  const tied = unitOfPid(owner.pid, seen['backend-units'])
  return [{ address, process: owner.name, unit: tied?.unit ?? null, pool: tied ? poolOf(tied.tie.text) : null, text }]
}

/** Where a listener is reached: a wildcard ("[::]" takes IPv6 only, "*" both) at the address that nginx dials already, else at loopback. */
export function reachable(address: string, dialled: string): string {
  const family = dialled.includes(':') ? 6 : /^\d+(?:\.\d+){3}$/.test(dialled) ? 4 : null
  if (address === '*') return family === null ? '127.0.0.1' : dialled
  if (address === '0.0.0.0') return family === 4 ? dialled : '127.0.0.1'
  if (address === '::') return family === 6 ? dialled : '::1'
  return address
}

import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Facts } from '../probes/index.ts'
import { hostOf, portOf } from './address.ts'
import { agoOf } from './time.ts'
import type { Trouble } from './trouble.ts'

export interface Belief {
  readonly believed: Trouble['believed']
  readonly endpoints: readonly Endpoint[]
}

/**
 * A client can write an upstream address into the log. It is believed when the configuration on disk has it, or when
 * something says so that no log line can forge: a socket of nginx itself to it, or a configuration that changed on disk
 * after the oldest live worker began (then the one in force may well have had it).
 */
export function believe(address: string, facts: Facts, endpoints: readonly Endpoint[]): Belief {
  const literal = endpoints.filter((endpoint) => endpoint.address === address)
  if (literal.length > 0) return { believed: 'configuration', endpoints: literal }
  const named = address.startsWith('unix:') ? [] : endpoints.filter((endpoint) => isNameFor(endpoint, address, facts))
  if (named.length > 0) return { believed: 'name', endpoints: named }
  if (nginxHasSocketTo(address, facts)) return { believed: 'socket', endpoints: [] }
  if (changedSinceLoad(facts).length > 0) return { believed: 'configuration-changed', endpoints: [] }
  return { believed: 'none', endpoints: [] }
}

/** The endpoint is a name with that port, and the name does not resolve to other addresses only. */
function isNameFor(endpoint: Endpoint, address: string, facts: Facts): boolean {
  if (endpoint.host === null || endpoint.port !== portOf(address) || /^[\d.]+$|:/.test(endpoint.host)) return false
  const names = facts['name-resolution']
  const resolved = names.known ? (names.value.names.get(endpoint.host) ?? []) : []
  return resolved.length === 0 || resolved.includes(hostOf(address)) || endpoint.host === 'localhost'
}

function nginxHasSocketTo(address: string, facts: Facts): boolean {
  return facts.sockets.known && facts.sockets.value.connections.some((each) => each.byNginx && each.peer === address)
}

/** Configuration files, directories and links that changed after the oldest live worker began: ctime, which nobody can set back. */
export function changedSinceLoad(facts: Facts): readonly { readonly path: string; readonly ago: number }[] {
  const { host, 'nginx-config': config, 'nginx-processes': processes } = facts
  if (!host.known || !config.known || !processes.known || !processes.value.oldestWorker) return []
  const loadedAgo = agoOf(processes.value.oldestWorker.startedAt, host.value)
  return config.value.stats
    .map((stat) => ({ path: stat.path, ago: host.value.epoch - stat.ctime }))
    .filter((stat) => stat.ago < loadedAgo - 1)
}

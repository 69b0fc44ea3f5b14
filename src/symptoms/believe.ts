import { type Endpoint, isLiteral } from '../nginx/config-endpoints.ts'
import type { Facts } from '../probes/index.ts'
import { hostOf, portOf } from './address.ts'
import { endpointsBehind } from './endpoints-behind.ts'
import { isGatewayError } from './kind.ts'
import { agoOf } from './time.ts'
import type { Trouble } from './trouble.ts'

export interface Belief {
  readonly believed: Trouble['believed']
  readonly endpoints: readonly Endpoint[]
}

/**
 * A client can write an upstream address into the log. It is believed when the configuration on disk has it, or when
 * something says so that no log line can forge: a name in the configuration together with a request that fails live or names that
 * changed since (nginx keeps the address it found when it started), a socket of nginx itself to it, or a configuration that changed
 * on disk after the oldest live worker began (then the one in force may well have had it).
 */
export function believe(address: string, facts: Facts, endpoints: readonly Endpoint[]): Belief {
  const literal = endpoints.filter((endpoint) => endpoint.address === address)
  if (literal.length > 0) return { believed: 'configuration', endpoints: literal }
  const named = address.startsWith('unix:') ? [] : endpoints.filter((endpoint) => isNameOf(endpoint, address))
  const current = named.filter((endpoint) => mayResolveTo(endpoint, address, facts))
  if (current.length > 0) return { believed: 'name', endpoints: current }
  const socket = nginxHasSocketTo(address, facts)
  const earlier = named.filter((endpoint) => socket || namesChangedSinceLoad(facts) || failsLive(endpoint, facts))
  if (earlier.length > 0) return { believed: 'name-before', endpoints: earlier }
  if (socket) return { believed: 'socket', endpoints: [] }
  if (changedSinceLoad(facts).length > 0) return { believed: 'configuration-changed', endpoints: [] }
  return { believed: 'none', endpoints: [] }
}

/** The configuration has a name with that port, so nginx may have had the address from it. */
function isNameOf(endpoint: Endpoint, address: string): boolean {
  return endpoint.host !== null && !isLiteral(endpoint.host) && endpoint.port === portOf(address)
}

function mayResolveTo(endpoint: Endpoint, address: string, facts: Facts): boolean {
  const names = facts['name-resolution']
  const resolved = names.known ? (names.value.names.get(endpoint.host ?? '') ?? []) : []
  return resolved.length === 0 || resolved.includes(hostOf(address)) || endpoint.host === 'localhost'
}

/** Requests through nginx to a site behind it get nginx's own gateway error: that at least no client made up. */
function failsLive(endpoint: Endpoint, facts: Facts): boolean {
  const live = facts['live-requests']
  return (
    live.known &&
    live.value.answers.some((each) => isGatewayError(each) && endpointsBehind(each, [endpoint]).length > 0)
  )
}

/** /etc/hosts was written after nginx resolved its names. */
function namesChangedSinceLoad({ host, 'nginx-processes': processes, 'name-resolution': names }: Facts): boolean {
  if (!host.known || !processes.known || !processes.value.oldestWorker || !names.known) return false
  const { hostsChanged } = names.value
  const loadedAgo = agoOf(processes.value.oldestWorker.startedAt, host.value)
  return hostsChanged !== null && host.value.epoch - hostsChanged < loadedAgo - 1
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

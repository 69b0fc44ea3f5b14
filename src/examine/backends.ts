import type { InventoryHost } from '../host/inventory.ts'
import type { Facts } from '../probes/index.ts'
import { hostOf, isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** Most machines of backends that one diagnosis goes on to. */
export const MOST_BACKENDS = 3

/** An address in trouble that is not on the nginx host, and whose it is by the inventory. */
export interface Elsewhere {
  readonly upstream: string
  /** Name in the inventory; null when no host of it has this address, or several have. */
  readonly host: string | null
  readonly because: string
}

/** The machines to ask about failing upstreams, those with most errors first, and the upstreams that each of them serves. */
export interface BackendPlan {
  readonly ask: ReadonlyMap<string, readonly string[]>
  readonly elsewhere: readonly Elsewhere[]
}

/** Which inventory hosts the upstreams in trouble are on. Addresses are compared with the inventory's only, never looked up. Pure. */
export function planBackends(
  troubles: readonly Trouble[],
  facts: Facts,
  front: string,
  hosts: ReadonlyMap<string, InventoryHost>,
): BackendPlan {
  const own = [...(facts.host.known ? facts.host.value.addresses : []), ...addressesOf(hosts.get(front))]
  const failing = troubles
    .filter((trouble) => isOpen(trouble) && trouble.believed !== 'none')
    .toSorted((a, b) => b.recent - a.recent || b.count - a.count)
  const upstreams = [...new Set(failing.flatMap((trouble) => trouble.address ?? []))].filter(
    (address) => !isLocal(address, own),
  )
  const elsewhere = upstreams.map((upstream) => placeOf(upstream, failing, front, hosts))
  const named = [...new Set(elsewhere.flatMap((each) => each.host ?? []))].slice(0, MOST_BACKENDS)
  return {
    ask: new Map(
      named.map((host) => [host, elsewhere.filter((each) => each.host === host).map((each) => each.upstream)]),
    ),
    elsewhere,
  }
}

function placeOf(
  upstream: string,
  troubles: readonly Trouble[],
  front: string,
  hosts: ReadonlyMap<string, InventoryHost>,
): Elsewhere {
  const names = troubles
    .filter((trouble) => trouble.address === upstream)
    .flatMap((trouble) => trouble.endpoints.flatMap((endpoint) => endpoint.host ?? []))
  const wanted = new Set([hostOf(upstream), ...names])
  const found = [...hosts.values()].filter(
    (each) => each.name !== front && [each.name, ...addressesOf(each)].some((address) => wanted.has(address)),
  )
  const [only] = found
  if (only && found.length === 1) return { upstream, host: only.name, because: `${only.name} has that address` }
  const several = found.map((each) => each.name).join(', ')
  return {
    upstream,
    host: null,
    because:
      found.length === 0
        ? `the host at ${hostOf(upstream)} is not in the inventory`
        : `several hosts of the inventory have the address ${hostOf(upstream)}: ${several}`,
  }
}

function addressesOf(host: InventoryHost | undefined): readonly string[] {
  return host ? [host.address, ...host.addresses] : []
}

import type { Fact } from '../diagnosis/fact.ts'
import type { Link, Route, Routes } from '../probes/routes.ts'
import { isWithin, lengthOf, networkOf } from './network.ts'

/** Why packets to an address do not leave, or do not arrive at the next machine. */
export interface NoWay {
  readonly reason:
    | 'refusing-route'
    | 'no-route'
    | 'link-down'
    | 'no-carrier'
    | 'dead-neighbour'
    | 'dead-gateway'
    | 'overlapping-network'
    | 'fixed-neighbour'
  /** "br-backend is down, and it is the way to 10.88.0.0/24". */
  readonly words: string
  readonly route: Route
  readonly link: Link | null
  /** "unreachable 10.99.0.0/16", as it stands in the routing table. */
  readonly refusal: string | null
}

/** What the host knows of the way to an address: that it ends here, that the next machine answers, or neither. */
export type Way =
  | { readonly kind: 'none'; readonly noWay: NoWay }
  | { readonly kind: 'open'; readonly route: Route; readonly onLink: boolean; readonly answers: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }

/** States in which the kernel has, or lately had, an answer of the neighbour (ip-neighbour(8)). */
const ANSWERS = new Set(['REACHABLE', 'STALE', 'DELAY', 'PROBE', 'PERMANENT', 'NOARP'])
const DEAD = new Set(['FAILED', 'INCOMPLETE'])

/** One of several gateways is dead: what the kernel sends by it gets nowhere, and the rest arrives. */
export function deadHop(host: string, routes: Routes): NoWay | null {
  const route = routes.routes.find((each) => each.address === host)
  const hops = route?.hops ?? []
  const dead = hops.find(({ neighbour }) => DEAD.has(neighbour ?? ''))
  if (!route || !dead || hops.length < 2) return null
  const words = `one of its ${hops.length} gateways, ${dead.address}, does not answer (neighbour ${dead.neighbour ?? ''})`
  return { reason: 'dead-gateway', words, route: { ...route, gateway: dead }, link: null, refusal: null }
}

/**
 * The hardware address of the neighbour was set by hand: nobody asks whether a machine has it, so that the way looks open in any case. Overlays of
 * containers work that way too (flannel, Cilium), and their entries are right.
 */
export function fixedNeighbour(host: string, routes: Routes): NoWay | null {
  const route = routes.routes.find((each) => each.address === host)
  if (!route || route.gateway !== null || route.neighbour !== 'PERMANENT') return null
  const device = / dev (\S+)/.exec(route.route ?? '')?.[1] ?? 'the link'
  const words = `its hardware address on ${device} was set by hand (PERMANENT), and no machine may have that one`
  return { reason: 'fixed-neighbour', words, route, link: null, refusal: null }
}

/** Judges the way to a numeric address from routes, links and neighbours. */
export function wayTo(host: string, routes: Fact<Routes>): Way {
  if (!routes.known) return { kind: 'unknown', reason: routes.reason }
  const route = routes.value.routes.find((each) => each.address === host)
  if (!route) return { kind: 'unknown', reason: `the route to ${host} was not looked at` }
  const noWay = route.route === null ? unrouted(host, route, routes.value) : broken(host, route, routes.value)
  if (noWay) return { kind: 'none', noWay }
  if (route.route === null) return { kind: 'unknown', reason: route.message }
  const onLink = route.gateway === null
  return {
    kind: 'open',
    route,
    onLink,
    answers: ANSWERS.has((onLink ? route.neighbour : route.gateway?.neighbour) ?? ''),
  }
}

function unrouted(host: string, route: Route, { links, refusals }: Routes): NoWay | null {
  const refusal = refusals
    .map((text) => ({ text, prefix: text.split(/\s+/)[1] ?? '' }))
    .filter(({ prefix }) => isWithin(host, prefix))
    .toSorted((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix))[0]
  // Every host refuses what it has no IPv6 route for by such a route of the kernel's own.
  if (refusal && !/ dev lo .*proto kernel/.test(refusal.text)) {
    const text = refusal.text.split(/ (?:table|metric|proto|dev) /)[0] ?? refusal.text
    return { reason: 'refusing-route', words: `a route refuses it: ${text}`, route, link: null, refusal: text }
  }
  const down = downLink(host, links)
  if (down)
    return { reason: 'link-down', words: `${down.name}, the way to it, is down`, route, link: down, refusal: null }
  if (!/RTNETLINK|unreachable|No route/i.test(route.message)) return null
  const six =
    host.includes(':') &&
    !links.some((link) =>
      link.addresses.some((each) => /^[23f][0-9a-f]/i.test(each) && !/^fe80/i.test(each) && each.includes(':')),
    )
  const words = six ? 'this host has no IPv6 route' : 'this host has no route to it'
  return { reason: 'no-route', words, route, link: null, refusal: null }
}

/** An interface that is down and whose own network holds the address. */
function downLink(host: string, links: readonly Link[]): Link | null {
  return links.find((link) => !link.flags.includes('UP') && link.addresses.some((each) => isWithin(host, each))) ?? null
}

function broken(host: string, route: Route, { links }: Routes): NoWay | null {
  const device = / dev (\S+)/.exec(route.route ?? '')?.[1]
  const link = links.find((each) => each.name === device) ?? null
  const base = { route, link, refusal: null }
  // With its network gone the address goes by the default route, to where nobody knows it.
  const down = downLink(host, links)
  if (down && down.name !== device)
    return { ...base, link: down, reason: 'link-down', words: `${down.name}, the way to it, is down` }
  if (link && !link.flags.includes('UP'))
    return { ...base, reason: 'link-down', words: `${link.name}, the way to it, is down` }
  if (link?.flags.includes('NO-CARRIER') === true)
    return { ...base, reason: 'no-carrier', words: `${link.name}, the way to it, has no carrier` }
  if (route.gateway !== null && DEAD.has(route.gateway.neighbour ?? ''))
    return {
      ...base,
      reason: 'dead-gateway',
      words: `the gateway ${route.gateway.address} does not answer (neighbour ${route.gateway.neighbour ?? ''})`,
    }
  const overlap = link && overlapOf(host, route, link, links)
  if (overlap) return { ...base, ...overlap }
  if (route.gateway === null && DEAD.has(route.neighbour ?? ''))
    return {
      ...base,
      reason: 'dead-neighbour',
      words: `no machine answers for ${host} on ${device ?? 'the link'} (neighbour ${route.neighbour ?? ''})`,
    }
  return null
}

/**
 * The machine is known on another interface, and nobody answers on that of the route, whose network is a narrower part of the other's:
 * the narrowest route wins.
 */
function overlapOf(
  host: string,
  route: Route,
  link: Link,
  links: readonly Link[],
): Pick<NoWay, 'reason' | 'words'> | null {
  if (route.gateway !== null || !DEAD.has(route.neighbour ?? '')) return null
  const own = networkOf(host, link)
  for (const { device, state } of route.elsewhere) {
    const other = links.find(({ name }) => name === device)
    const around = other === undefined ? null : networkOf(host, other)
    if (own === null || around === null || !ANSWERS.has(state) || lengthOf(own) <= lengthOf(around)) continue
    return {
      reason: 'overlapping-network',
      words: `packets go out on ${link.name} (${own}), where nobody answers for it; it is known on ${device} (${around})`,
    }
  }
  return null
}

import type { Fact } from '../../diagnosis/fact.ts'
import type { Host } from '../../probes/host.ts'
import type { Routes } from '../../probes/routes.ts'
import { hostOf, portOf } from '../../symptoms/address.ts'
import type { Place } from '../knowledge.ts'
import { wayTo } from '../way-to.ts'
import type { Way } from './block.ts'
import type { Packet } from './packet.ts'

interface Seen {
  readonly place: Place
  readonly host: Host
  readonly routes: Fact<Routes>
}

export function wayOf(local: boolean, { place }: Seen): Way {
  if (place.of === 'backend') return 'to this host'
  return local ? 'to itself' : 'to another host'
}

/** The first packet of a connection of nginx to that address: a host that talks to itself does so over loopback, from the address it dials or is bound to. */
export function packetTo(address: string, local: boolean, bound: string | null, { place, host, routes }: Seen): Packet {
  const to = hostOf(address)
  const sameFamily = (each: string): boolean =>
    each.includes(':') === to.includes(':') && !/^(127\.|::1$|fe80:)/.test(each)
  const packet = { to, port: portOf(address) }
  if (place.of === 'backend') return { ...packet, from: place.nginxAddresses.filter(sameFamily), device: null }
  if (local) return { ...packet, from: [bound ?? to], device: 'lo' }
  const way = wayTo(to, routes)
  const device = way.kind === 'open' ? / dev (\S+)/.exec(way.route.route ?? '')?.[1] : undefined
  return { ...packet, from: bound === null ? host.addresses.filter(sameFamily) : [bound], device: device ?? null }
}

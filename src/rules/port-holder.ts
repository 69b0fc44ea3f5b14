import type { View } from '../diagnosis/rule.ts'
import { bindings, bindText } from '../nginx/config-bindings.ts'
import type { Listen } from '../nginx/config-servers.ts'
import type { Listener } from '../probes/sockets.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import type { Knowledge } from './knowledge.ts'
import { listenerText, onPort } from './listening.ts'
import type { StartSeen } from './start-refusal.ts'
import { unitOfPid } from './tied-units.ts'

export type HolderSeen = StartSeen & View<Knowledge, never, 'sockets' | 'unix-sockets' | 'backend-units'>

/** Somebody who listens where nginx must, or has that port as his own end of a connection. */
export interface Holder {
  /** As nginx writes it: "0.0.0.0:80". */
  readonly address: string
  /** The `listen` that asks for it, where the configuration has one. */
  readonly listen: Listen | null
  readonly listener: Listener
  /** "ESTAB": nobody listens, it is the local end of a connection in this state. */
  readonly connection: string | null
  /** The unit that owns the process, by its cgroup. */
  readonly unit: string | null
}

/** Addresses of the configuration that somebody holds while nginx does not run. */
export function takenAddresses(seen: HolderSeen): readonly Holder[] {
  const config = seen['nginx-config']
  if (!config.known) return []
  return bindings(config.value.model).flatMap((listen) => holdersOf(bindText(listen), seen))
}

/** Whose socket would be in the way of one bound to this address, a unix socket by its path. */
function listenersWhere(address: string, seen: HolderSeen): readonly Listener[] {
  const { sockets, 'unix-sockets': unix } = seen
  const path = address.startsWith('unix:') ? address.slice(5) : null
  if (path !== null)
    return unix.known
      ? unix.value.listeners.filter((each) => each.path === path).map((each) => ({ ...each, address, port: 0 }))
      : []
  return sockets.known
    ? onPort(portOf(address), sockets.value).filter((listener) => overlaps(hostOf(address), listener.address))
    : []
}

/** Who listens where a socket bound to this address would be; a process of the running nginx itself does not count. */
export function holdersOf(address: string, seen: HolderSeen): readonly Holder[] {
  const own = seen['nginx-processes']
  const pids = new Set([...own.masters, ...own.workers].map(({ pid }) => pid))
  const serves = own.masters.length > 0
  return listenersWhere(address, seen)
    .filter((listener) => !serves || !listener.owners.some(({ pid }) => pids.has(pid)))
    .map((listener) => holderOf(address, listener, seen))
}

/**
 * Who keeps nginx from an address that was in use when it last asked: a listener, else a connection of a program that chose this port as its
 * own end, which keeps it from everybody until it is closed (EADDRINUSE of bind(2)). Those of nginx, open since it ran, do not.
 */
export function keepersOf(address: string, seen: HolderSeen): readonly Holder[] {
  const listening = holdersOf(address, seen)
  if (listening.length > 0 || !seen.sockets.known || address.startsWith('unix:')) return listening
  return seen.sockets.value.chosen
    .filter((each) => each.port === portOf(address) && overlaps(hostOf(address), each.address))
    .filter(({ owners }) => !owners.some(({ name }) => name === 'nginx'))
    .map(({ state, ...end }) => ({
      ...holderOf(address, { ...end, recvQ: 0, sendQ: null }, seen),
      connection: state,
    }))
}

/** The same, with the running nginx itself: it may hold what its own unit was asked to bind. */
export function holderByNginx(address: string, seen: HolderSeen): Holder | null {
  const masters = new Set(seen['nginx-processes'].masters.map(({ pid }) => pid))
  const listener = listenersWhere(address, seen).find((each) => each.owners.some(({ pid }) => masters.has(pid)))
  return listener ? holderOf(address, listener, seen) : null
}

function holderOf(address: string, listener: Listener, seen: HolderSeen): Holder {
  const { 'backend-units': units, 'nginx-processes': processes } = seen
  const pids = listener.owners.map(({ pid }) => pid)
  const tied = units.known ? pids.flatMap((pid) => unitOfPid(pid, units.value) ?? [])[0]?.unit.id : undefined
  const nginx = [...processes.masters, ...processes.workers, ...processes.others].find(({ pid }) =>
    pids.includes(pid),
  )?.unit
  const config = seen['nginx-config']
  const listen = config.known ? bindings(config.value.model).find((each) => bindText(each) === address) : undefined
  return { address, listen: listen ?? null, listener, connection: null, unit: tied ?? nginx ?? null }
}

/**
 * Two listening sockets cannot share a port when one of them has the other's address or all addresses of its family (bind(2), ip(7)); ss
 * shows a socket for both families as "*". nginx's own [::] is for IPv6 alone unless ipv6only=off.
 */
function overlaps(host: string, other: string): boolean {
  if (other === '*' || other === host) return true
  if (host === '0.0.0.0') return !other.includes(':')
  if (host === '::') return other.includes(':')
  return other === (host.includes(':') ? '::' : '0.0.0.0')
}

/** "apache2 (pid 412, apache2.service)"; without a name where the user may not see owners. */
export function holderText({ listener, unit }: Holder): string {
  const owner = listener.owners[0]
  if (!owner) return 'another process, which our user may not see,'
  return `${owner.name} (pid ${owner.pid}${unit ? `, ${unit}` : ''})`
}

/** "LISTEN 0.0.0.0:80 (apache2, pid 412)", "LISTEN /run/x.sock (socat, pid 287)". */
export function holderLine({ address, listener, connection }: Holder): string {
  const [owner] = listener.owners
  return address.startsWith('unix:')
    ? `LISTEN ${address.slice(5)}${owner ? ` (${owner.name}, pid ${owner.pid})` : ''}`
    : `${connection ?? 'LISTEN'} ${listenerText(listener)}`
}

/** What shows it: `ss` for listeners, for connections, or for unix sockets. */
export function holderCommand({ address, connection }: Holder): string {
  if (address.startsWith('unix:')) return 'ss -Hxlp'
  return connection === null ? 'ss -Htlnp' : 'ss -Htanp'
}

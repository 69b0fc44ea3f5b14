import { isIP } from 'node:net'
import type { View } from '../diagnosis/rule.ts'
import type { IdleService } from '../probes/idle-services.ts'
import { isLocal } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { filterVerdict, isStopping } from './filter/filter-verdict.ts'
import type { Packet } from './filter/packet.ts'
import type { Knowledge } from './knowledge.ts'
import { listenersAt } from './listening.ts'
import { isUnitOf, type Needed, usualPort } from './needed-service.ts'

type Seen = View<Knowledge, 'host' | 'sockets' | 'unix-sockets', 'idle-services' | 'firewall'>

/** What the host shows of the service that is needed. */
export interface State {
  /** nameless: its name has no address, in the backend's own words; gone: nobody listens there; barred: this host lets no connection to it out or in; far: it is on another machine; full: it is there and takes no more clients; unknown: it cannot be told which one it is. */
  readonly state: 'nameless' | 'gone' | 'barred' | 'far' | 'full' | 'unknown'
  readonly address: string
  readonly because: string
  readonly owner: IdleService | null
  /** The packet filter's rule that bars the way, and the command that shows it. */
  readonly bar?: { readonly command: string; readonly rule: string }
}

/** null when the service is there after all, and nothing keeps a connection from it: then it is not this. */
export function stateOf(needed: Needed, trouble: Trouble, seen: Seen): State | null {
  const owner = ownerOf(needed, seen)
  if (needed.unix !== null) {
    const path = needed.unix
    if (seen['unix-sockets'].listeners.some((each) => each.path === path))
      return needed.refuses === true ? fullState(`unix:${path}`) : null
    return { state: 'gone', address: `unix:${path}`, because: `nobody listens on ${path}`, owner }
  }
  const port = needed.port ?? usualPort(needed.service)
  const host = needed.host ?? 'localhost'
  if (needed.unnamed === true && needed.host !== null && isIP(needed.host) === 0)
    return { state: 'nameless', address: host, because: `the name ${host} has no address for it`, owner: null }
  if (port === null)
    return { state: 'unknown', address: host, because: `on which port ${host} is asked is not known`, owner: null }
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  if (address === trouble.address) return null
  const barred = barredState(host, port, address, seen)
  if (!isLocal(address, seen.host.addresses))
    return barred ?? { state: 'far', address, because: `${address} is not on this machine`, owner: null }
  const dialed = host === 'localhost' ? [`127.0.0.1:${port}`, `[::1]:${port}`] : [address]
  if (dialed.some((each) => listenersAt(each, seen.sockets).length > 0))
    return barred ?? (needed.refuses === true ? fullState(address) : null)
  // Words without an address say what is needed, not where: then only a unit of that kind that is down makes it sure.
  if (needed.port === null && !isWanted(owner))
    return {
      state: 'unknown',
      address: needed.service ?? '',
      because: `where ${needed.service ?? 'it'} is asked is not known`,
      owner: null,
    }
  return { state: 'gone', address, because: `nobody listens on ${address}`, owner }
}

/** It ran since this host started, or would be started with it: one that nobody wants here is no service of an application. */
function isWanted(owner: IdleService | null): boolean {
  return owner !== null && (owner.unit.changedAt !== null || owner.unit.fileState.startsWith('enabled'))
}

function fullState(address: string): State {
  return { state: 'full', address, because: `${address} is there and takes no more clients`, owner: null }
}

/** A rule of this host's packet filter that surely drops or rejects the connection. */
function barredState(host: string, port: number, address: string, seen: Seen): State | null {
  const local = isLocal(address, seen.host.addresses)
  const to = host === 'localhost' ? '127.0.0.1' : host
  if (isIP(to) === 0) return null
  const from = local ? [to] : seen.host.addresses.filter((each) => isIP(each) === isIP(to) && !isLoopback(each))
  const packet: Packet = { from, to, port, device: local ? 'lo' : null }
  const verdict = (local ? (['output', 'input'] as const) : (['output'] as const))
    .map((direction) => filterVerdict(packet, direction, seen.firewall))
    .find((each) => isStopping(each))
  if (!verdict) return null
  const { tool, chain, rule, kind } = verdict
  const does = kind === 'drop' ? 'drops' : 'rejects'
  return {
    state: 'barred',
    address,
    because: `the packet filter of this host ${does} what goes to ${address} (${chain}${rule === '' ? '' : `: ${rule}`})`,
    owner: null,
    bar: { command: tool === 'nft' ? 'nft list ruleset' : `${tool}-save`, rule: rule === '' ? chain : rule },
  }
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|fe80:)/.test(address)
}

/** The service of this host that would listen there and does not run: its files name the port or the socket, or it is called so. */
function ownerOf(needed: Needed, seen: Seen): IdleService | null {
  if (!seen['idle-services'].known) return null
  const { services } = seen['idle-services'].value
  const port = needed.port ?? usualPort(needed.service)
  const text = needed.unix ?? (port === null ? null : `${port}`)
  const byFile = services.find(
    ({ unit, listens }) =>
      text !== null &&
      [...listens, unit.execStart].some((line) =>
        new RegExp(`(^|[^0-9.])${text.replace(/[.\\+*?^$()[\]{}|]/g, '\\$&')}([^0-9.]|$)`).test(line),
      ),
  )
  const { service } = needed
  const usual = service !== null && (needed.port === null || needed.port === usualPort(service))
  return byFile ?? (usual ? (services.find(({ unit }) => isUnitOf(service ?? '', unit.id)) ?? null) : null)
}

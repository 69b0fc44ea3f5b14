import { endpointsOf } from './config-endpoints.ts'
import type { ConfigModel } from './config-model.ts'
import type { Pass } from './config-passes.ts'
import { allInForce } from './config-scope.ts'
import type { Listen, Location, Server } from './config-servers.ts'

/** One hop of a request that nginx passes to itself. */
export interface Hop {
  readonly pass: Pass
  readonly server: Server
  readonly path: string
}

/** A request that comes back to a *_pass it went through before; `unsure` when a regular expression or a variable may decide otherwise. */
export interface Loop {
  readonly hops: readonly Hop[]
  readonly unsure: boolean
}

const MOST_HOPS = 12

/** Follows a request through *_pass directives that lead to this nginx's own listeners. `isOwn`: an address of this host. Pure. */
export function loopFrom(first: Pass, model: ConfigModel, isOwn: (host: string) => boolean): Loop | null {
  const addresses = addressesByPass(model)
  const hops: Hop[] = []
  let [pass, path, unsure] = [first, pathOf(first.location), false]
  let host = first.server?.names[0] ?? ''
  for (let step = 0; step < MOST_HOPS; step += 1) {
    const target = (addresses.get(placeOf(pass)) ?? []).find((each) => isOwn(each.host))
    if (!target || pass.protocol !== 'proxy' || pass.scheme === 'https') return null
    host = hostHeader(pass, host, `${target.host}:${target.port}`)
    path = pass.uri === null ? path : pass.uri.replace(/\$.*$/, '') + path.slice(pathOf(pass.location).length)
    const server = serverFor(target, host, model.servers)
    if (!server) return null
    const location = locationFor(path, server.found)
    unsure ||= server.unsure || location.unsure
    hops.push({ pass, server: server.found, path })
    const next = model.passes.find((each) => each.server === server.found && each.location === location.found)
    if (!next) return null
    if (hops.some((hop) => hop.pass === next)) return { hops, unsure }
    pass = next
  }
  return null
}

interface Target {
  readonly host: string
  readonly port: number
}

/** Asked for each *_pass that leads back here: gathered once for a configuration. */
const gathered = new WeakMap<ConfigModel, ReadonlyMap<string, readonly Target[]>>()

/** The addresses of each *_pass, those of upstream blocks and of variables included. */
function addressesByPass(model: ConfigModel): ReadonlyMap<string, readonly Target[]> {
  const known = gathered.get(model)
  if (known) return known
  const found = new Map<string, Target[]>()
  for (const { host, port, down, usedBy } of endpointsOf(model)) {
    if (host === null || port === null || down) continue
    for (const use of usedBy) {
      const key = placeOf(use.pass)
      found.set(key, [...(found.get(key) ?? []), { host, port }])
    }
  }
  gathered.set(model, found)
  return found
}

function placeOf(pass: Pass): string {
  return `${pass.file}:${pass.line}`
}

function pathOf(location: Location | null): string {
  return location === null || !location.path.startsWith('/') ? '/' : location.path
}

/** The Host that the next server sees; nginx's default is $proxy_host, the name in proxy_pass. */
function hostHeader(pass: Pass, host: string, address: string): string {
  const set = allInForce(pass.scope, 'proxy_set_header').find((each) => each.args[0]?.toLowerCase() === 'host')
  const value = set?.args[1] ?? '$proxy_host'
  if (/^\$(?:host|http_host)$/.test(value)) return host
  if (value === '$server_name') return pass.server?.names[0] ?? host
  if (value !== '$proxy_host') return value
  return pass.target.kind === 'upstream' ? pass.target.name : address
}

/** nginx takes the listeners of the address itself before those of all addresses, then the name, then the default server. */
function serverFor(
  target: Target,
  host: string,
  servers: readonly Server[],
): { readonly found: Server; readonly unsure: boolean } | null {
  const listening = servers.flatMap((server) =>
    server.protocol !== 'http'
      ? []
      : server.listens
          .filter((listen) => listen.port === target.port && !listen.udp)
          .map((listen) => ({ server, listen })),
  )
  const exact = listening.filter(({ listen }) => listen.host === target.host)
  const all = exact.length > 0 ? exact : listening.filter(({ listen }) => isWildcardFor(listen, target.host))
  const name = host.replace(/:\d+$/, '').toLowerCase()
  const named =
    all.find(({ server }) => server.names.some((each) => each.toLowerCase() === name)) ??
    all.find(({ server }) => server.names.some((each) => fitsWildcard(each, name)))
  const chosen = named ?? all.find(({ listen }) => listen.defaultServer) ?? all[0]
  if (!chosen) return null
  return {
    found: chosen.server,
    unsure: named === undefined && all.some(({ server }) => server.names.some((each) => each.startsWith('~'))),
  }
}

function isWildcardFor(listen: Listen, host: string): boolean {
  return host.includes(':') ? listen.host === '::' : listen.host === '*' || listen.host === '0.0.0.0'
}

function fitsWildcard(pattern: string, name: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1))
  if (pattern.startsWith('.')) return name === pattern.slice(1) || name.endsWith(pattern)
  return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1))
}

/** The longest prefix; with regular expressions in the server another one may be taken. */
function locationFor(path: string, server: Server): { readonly found: Location | null; readonly unsure: boolean } {
  const exact = server.locations.find((each) => each.modifier === '=' && each.path === path)
  if (exact) return { found: exact, unsure: false }
  const prefixes = server.locations
    .filter((each) => (each.modifier === '' || each.modifier === '^~') && path.startsWith(each.path))
    .toSorted((a, b) => b.path.length - a.path.length)
  const found = prefixes[0] ?? null
  return { found, unsure: found?.modifier !== '^~' && server.locations.some((each) => each.modifier.startsWith('~')) }
}

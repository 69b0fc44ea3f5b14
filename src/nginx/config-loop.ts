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

/** Where a request goes that nginx passes on; `unsure` when the files do not tell it for certain. */
interface Course extends Loop {
  readonly comesBack: boolean
}

/** Addresses of processes that only pass connections on, each with where they lead: "127.0.0.1:3064" -> "127.0.0.1:80". */
export type Forwarded = ReadonlyMap<string, Target>

/** Follows a request through *_pass directives that lead to this nginx's own listeners. `isOwn`: an address of this host. Pure. */
export function loopFrom(
  first: Pass,
  model: ConfigModel,
  isOwn: (host: string) => boolean,
  forwarded: Forwarded = new Map(),
): Loop | null {
  const { hops, unsure, comesBack } = follow(first, model, isOwn, forwarded)
  return comesBack ? { hops, unsure } : null
}

/** A request certainly leaves this nginx, or is answered by it, without passing the same place twice. */
export function endsSurely(
  first: Pass,
  model: ConfigModel,
  isOwn: (host: string) => boolean,
  forwarded: Forwarded = new Map(),
): boolean {
  const { comesBack, unsure } = follow(first, model, isOwn, forwarded)
  return !comesBack && !unsure
}

function follow(first: Pass, model: ConfigModel, isOwn: (host: string) => boolean, forwarded: Forwarded): Course {
  const addresses = addressesByPass(model)
  const hops: Hop[] = []
  const listens = model.servers.flatMap((server) => server.listens)
  const isListener = ({ host: at, port }: Target): boolean =>
    at.startsWith('unix:')
      ? listens.some(({ unix }) => `unix:${unix ?? ''}` === at)
      : isOwn(at) && listens.some((listen) => listen.port === port)
  let [pass, path, unsure, oneOfMany] = [first, pathOf(first.location), false, false]
  let host = first.server?.names[0] ?? ''
  const ended = (doubt: boolean): Course => ({ hops, comesBack: false, unsure: unsure || oneOfMany || doubt })
  for (let step = 0; step < MOST_HOPS; step += 1) {
    const written = addresses.get(placeOf(pass)) ?? []
    const reached = written.map((each) => ({ each, target: forwarded.get(`${each.host}:${each.port ?? ''}`) ?? each }))
    const own = reached.filter(({ target }) => isListener(target))
    const [found] = own
    if (!found) return ended(pass.target.kind === 'variable' && written.length === 0)
    if (pass.protocol !== 'proxy' || pass.scheme === 'https') return ended(true)
    oneOfMany ||= own.length > 1
    host = hostHeader(pass, host, found.each.port === null ? 'localhost' : `${found.each.host}:${found.each.port}`)
    path = pass.uri === null ? path : pass.uri.replace(/\$.*$/, '') + path.slice(pathOf(pass.location).length)
    const server = serverFor(found.target, host, model.servers)
    if (!server) return ended(true)
    const location = locationFor(path, server.found)
    unsure ||= server.unsure || location.unsure
    hops.push({ pass, server: server.found, path })
    const passes = model.passes.filter((each) => each.server === server.found)
    const next = passes.find((each) => each.location === location.found)
    if (!next) return ended(passes.length > 0)
    if (hops.some((hop) => hop.pass === next)) return { hops, unsure, comesBack: true }
    pass = next
  }
  return ended(true)
}

/** `host` is "unix:/run/x.sock" and the port null for a socket. */
export interface Target {
  readonly host: string
  readonly port: number | null
}

/** Asked for each *_pass that leads back here: gathered once for a configuration. */
const gathered = new WeakMap<ConfigModel, ReadonlyMap<string, readonly Target[]>>()

/** The addresses of each *_pass, those of upstream blocks and of variables included. */
function addressesByPass(model: ConfigModel): ReadonlyMap<string, readonly Target[]> {
  const known = gathered.get(model)
  if (known) return known
  const found = new Map<string, Target[]>()
  for (const { host: name, port, unix, down, usedBy } of endpointsOf(model)) {
    const host = unix === null ? name : `unix:${unix}`
    if (host === null || (port === null && unix === null) || down) continue
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
          .filter((listen) =>
            target.port === null
              ? `unix:${listen.unix ?? ''}` === target.host
              : listen.port === target.port && listen.unix === null && !listen.udp,
          )
          .map((listen) => ({ server, listen })),
  )
  const exact = listening.filter(({ listen }) => target.port === null || listen.host === target.host)
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

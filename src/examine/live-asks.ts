import type { Endpoint, EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Listen, Server } from '../nginx/config-servers.ts'
import type { Facts } from '../probes/index.ts'
import { isInternal, prefixOf } from '../symptoms/endpoints-behind.ts'
import { misunderstoodAt } from '../symptoms/misunderstood.ts'
import { failingPath } from '../symptoms/failing-path.ts'
import { failingUse, pathOf } from '../symptoms/failing-use.ts'
import { leftWaiting } from '../symptoms/gave-up.ts'
import { seeTroubles } from '../symptoms/see.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { changedSinceLoad } from '../symptoms/believe.ts'
import { type WaitingSite, waitingSites } from '../symptoms/waiting-sites.ts'
import { addressBehind, backendAsks, mapped } from './backend-asks.ts'
import { connectHost, isPlainName } from './plain.ts'

/** What a diagnosis may and wants to request live. */
export interface LiveWish {
  /** `directRequests` of the inventory. */
  readonly allowed: boolean
  /** The inventory's harmless path for this host. */
  readonly healthPath: string | null
  /** The site and path that a person asked about. */
  readonly site: { readonly serverName: string; readonly path: string } | null
}

/** At most so many live requests in one diagnosis, and so many straight to one upstream. */
const MOST_REQUESTS = 10
const MOST_DIRECT = 4
const MOST_WAITING = 2
const MOST_NAMES = 4

/**
 * The live requests of one diagnosis, as arguments of the probe: through nginx to each site with errors (the ten busiest; without
 * errors one per listener), and straight to the addresses in trouble. Paths come from the configuration or the inventory, never from a log.
 */
export function liveAsks(facts: Facts, endpoints: readonly Endpoint[], wish: LiveWish): readonly string[] {
  const config = facts['nginx-config']
  const servers = config.known ? config.value.model.servers.filter((server) => server.protocol === 'http') : []
  const troubles = seeTroubles(facts).toSorted((a, b) => b.recent - a.recent || b.count - a.count)
  const logKnown = facts['error-log'].known && facts['error-log'].value.files.some((file) => file.state === 'read')
  const doubtful = logKnown
    ? endpoints.filter((endpoint) =>
        troubles.some((trouble) => trouble.endpoints.some(({ address }) => address === endpoint.address)),
      )
    : endpoints

  const left = leftWaiting(facts, endpoints)
  const waiting = waitingIn(facts)
  const direct = [
    ...new Set([
      ...directAsks(troubles, [...doubtful, ...left], wish),
      ...waiting.flatMap((each) => atBackend(each, facts)),
    ]),
  ].slice(0, MOST_DIRECT)
  const beside = backendAsks(troubles, logKnown ? left : doubtful, facts)
  const through = [
    ...new Set([
      ...throughNginx(servers, endpoints, troubles, wish, waiting.flatMap(asWaiting)),
      ...otherNames(facts, endpoints, wish),
    ]),
  ]
  const room = Math.max(2, MOST_REQUESTS - direct.length - beside.requests.length)
  return [...new Set([...beside.watches, ...through.slice(0, room), ...direct, ...beside.requests])]
}

/** Sites that nginx may not know yet, where people get 404. */
function waitingIn(facts: Facts): readonly WaitingSite[] {
  const { 'nginx-config': config, 'access-log': access } = facts
  const lost = access.known && access.value.logs.some(({ answers }) => answers.some(({ status }) => status === 404))
  if (!config.known || !lost) return []
  const changed = changedSinceLoad(facts).map(({ path }) => path)
  return waitingSites(changed, config.value.model).slice(0, MOST_WAITING)
}

/** By its own name, and the same path of who else may answer for it. */
function asWaiting({ server, path, others }: WaitingSite): readonly string[] {
  return [server, ...others.slice(0, 1)].flatMap((each) => request(each, path) ?? [])
}

function atBackend({ pass, name, path }: WaitingSite, facts: Facts): readonly string[] {
  const address = addressBehind(pass, facts)
  return address === null || !isPlainPath(path) ? [] : [['direct', 'http', address, name, path].join('|')]
}

/** Of a server that refuses requests which it did not understand: an application may know one of its names and not the other. */
function otherNames(facts: Facts, endpoints: readonly Endpoint[], wish: LiveWish): readonly string[] {
  return misunderstoodAt(facts).flatMap((server) =>
    server.names
      .filter(isPlainName)
      .slice(0, MOST_NAMES)
      .flatMap((name) => request(server, wish.healthPath ?? anyPathTo(server, endpoints), name) ?? []),
  )
}

function throughNginx(
  servers: readonly Server[],
  endpoints: readonly Endpoint[],
  troubles: readonly Trouble[],
  wish: LiveWish,
  waiting: readonly string[],
): readonly string[] {
  const asked = wish.site
    ? servers
        .filter((server) => server.names.includes(wish.site?.serverName ?? ''))
        .map((server) => request(server, wish.site?.path ?? '/'))
    : []
  const failing = troubles.flatMap((trouble) =>
    servers
      .filter((server) => isConcerned(server, trouble))
      .map((server) => request(server, wish.healthPath ?? pathTo(server, trouble))),
  )
  const proxied = servers
    .filter((server) => endpoints.some((endpoint) => endpoint.usedBy.some((use) => use.pass.server === server)))
    .map((server) => request(server, wish.healthPath ?? anyPathTo(server, endpoints)))
  const listeners = servers.map((server) => request(server, '/'))
  return [...new Set([...asked, ...failing, ...waiting, ...proxied, ...listeners].filter((ask) => ask !== null))]
}

function isConcerned(server: Server, trouble: Trouble): boolean {
  return (
    server.names.some((name) => trouble.sites.includes(name)) ||
    trouble.endpoints.some((endpoint) => endpoint.usedBy.some((use) => use.pass.server === server))
  )
}

function pathTo(server: Server, trouble: Trouble): string {
  if (trouble.kind === 'failing-answer') return failingPath(server, trouble)
  const slow = lateUse(trouble)
  const path = slow?.pass.server === server ? pathOf(slow) : null
  if (path !== null && isPlainPath(path)) return path
  return trouble.kind === 'auth-refused' ? guardedPath(server) : anyPathTo(server, trouble.endpoints)
}

/** The location whose requests are late, where several lead to one backend: those of another may be quick. */
function lateUse(trouble: Trouble): EndpointUse | null {
  return trouble.kind === 'answer-timeout' ? failingUse(trouble) : null
}

/** A path whose requests ask auth_request first: the location that answers the subrequest is closed to requests from outside. */
function guardedPath(server: Server): string {
  const guarded = server.locations.find(
    ({ scope, path }) => isPlainPath(path) && (inForce(scope, 'auth_request')?.value ?? 'off') !== 'off',
  )
  return guarded?.path ?? '/'
}

/** The literal prefix of the first location of this server that goes to one of the endpoints; what only subrequests reach, by the one that makes them. */
function anyPathTo(server: Server, endpoints: readonly Endpoint[]): string {
  const uses = endpoints.flatMap((endpoint) => endpoint.usedBy).filter((use) => use.pass.server === server)
  const open = uses.find((use) => !isInternal(use))
  if (!open && uses.length > 0) return guardedPath(server)
  const path = open ? prefixOf(open) : '/'
  return isPlainPath(path) ? path : '/'
}

function request(server: Server, path: string, name = server.names.find(isPlainName) ?? 'localhost'): string | null {
  const listen = server.listens.find((each) => each.unix === null && !each.proxyProtocol && !each.udp)
  if (!listen || !isPlainPath(path)) return null
  return ['nginx', listen.ssl ? 'https' : 'http', `${connectHost(listen.host)}:${portOf(listen)}`, name, path].join('|')
}

function portOf(listen: Listen): number {
  return listen.port ?? (listen.ssl ? 443 : 80)
}

function directAsks(troubles: readonly Trouble[], doubtful: readonly Endpoint[], wish: LiveWish): readonly string[] {
  const addresses = [
    ...new Set([
      ...troubles.filter((trouble) => trouble.believed !== 'none').flatMap((trouble) => trouble.address ?? []),
      ...doubtful.map((each) => each.address),
    ]),
  ]
  return addresses.flatMap((address) => {
    const own = troubles.filter((trouble) => trouble.address === address)
    const [late] = own.flatMap((trouble) => lateUse(trouble) ?? [])
    const use =
      late ??
      [...own.flatMap((trouble) => trouble.endpoints), ...doubtful.filter((each) => each.address === address)]
        .flatMap((endpoint) => endpoint.usedBy)
        .at(0)
    const scheme = use?.pass.scheme ?? 'http'
    const http = use === undefined || (use.pass.protocol === 'proxy' && (scheme === 'http' || scheme === 'https'))
    if (!http && address.startsWith('unix:')) return []
    const name = use?.serverNames.find(isPlainName) ?? 'localhost'
    const slow = late ? pathOf(late) : null
    const path = late && slow !== null ? mapped(late.pass, slow) : use ? prefixOf(use) : '/'
    return [
      ['direct', 'connect'][http ? 0 : 1],
      http ? scheme : 'tcp',
      address,
      name,
      wish.healthPath ?? (isPlainPath(path) ? path : '/'),
    ].join('|')
  })
}

/** Printable, no space, no quote, nothing that curl or the shell could read as more than a path. */
function isPlainPath(path: string): boolean {
  return /^\/[A-Za-z0-9_.~/%+-]{0,200}$/.test(path)
}

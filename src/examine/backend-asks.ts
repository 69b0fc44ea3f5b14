import type { Endpoint, EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce, type Scope } from '../nginx/config-scope.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { Listen, Server } from '../nginx/config-servers.ts'
import { passesFor } from '../nginx/location-match.ts'
import { passesUpgrade } from '../nginx/websocket-headers.ts'
import type { Facts } from '../probes/index.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { isLocal } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { isAtLeast, nginxVersion } from '../symptoms/upstream-tls.ts'
import { connectHost, isPlainName } from './plain.ts'

/** Of each sort of ask, in one diagnosis. */
export const MOST_WATCHED = 4
const MOST_HELD = 2
const MOST_UPGRADES = 2

/** What live requests cannot tell of by their answer alone: asks that run beside them (see watch.ts in probes). */
export interface BackendAsks {
  /** Looks at sockets: no request. */
  readonly watches: readonly string[]
  /** Requests: each counts. */
  readonly requests: readonly string[]
}

/** Troubles of which the backend's own side of its connections tells more. */
export const watchedKinds: ReadonlySet<Trouble['kind']> = new Set([
  'answer-timeout',
  'connect-timeout',
  'queue-full',
  'closed',
  'gateway-error',
])

/**
 * Backends of this host that are late or end connections are watched; of those that end connections, or use up the local ports, one is held open to
 * see how long they keep an idle one; a location that lacks the websocket headers and seems to want them is asked for a handshake, through nginx and straight.
 */
export function backendAsks(troubles: readonly Trouble[], doubtful: readonly Endpoint[], facts: Facts): BackendAsks {
  const own = facts.host.known ? facts.host.value.addresses : []
  const believed = troubles.filter((trouble) => trouble.believed !== 'none' && trouble.address !== null)
  const late = believed.filter((trouble) => watchedKinds.has(trouble.kind))
  const watched = [...late.map((trouble) => trouble.address ?? ''), ...doubtful.map((endpoint) => endpoint.address)]
  const closed = believed.filter((trouble) => trouble.kind === 'closed').flatMap((trouble) => trouble.endpoints)
  const crowded = believed.filter((trouble) => trouble.kind === 'no-local-port').flatMap((trouble) => trouble.endpoints)
  return {
    watches: [...new Set(watched)]
      .filter((address) => isLocal(address, own))
      .slice(0, MOST_WATCHED)
      .map((address) => `watch|tcp|${address}|-|/`),
    requests: [
      ...heldAsks(closed, 'http'),
      ...heldAsks(crowded, 'apart'),
      ...upgradeAsks([...closed, ...doubtful], facts),
    ],
  }
}

/** `apart`: from a local port of its own, where those of the usual range are used up (hold_idle of watch-script.ts in probes). */
function heldAsks(endpoints: readonly Endpoint[], how: 'http' | 'apart'): readonly string[] {
  const asks = endpoints.flatMap((endpoint) => {
    const use = endpoint.usedBy.find(({ pass }) => pass.protocol === 'proxy' && pass.scheme === 'http')
    return use ? [['idle', how, endpoint.address, nameOf(use), '/'].join('|')] : []
  })
  return [...new Set(asks)].slice(0, MOST_HELD)
}

/** Words in a path that people give to websocket endpoints: socket.io, Action Cable, SignalR, SockJS, Mercure and plain ones. */
const socketWords =
  /(?:^|[/._-])(?:wss?|websockets?|sockets?(?:\.io)?|sockjs|cable|hubs?|signalr|realtime|live|stream)(?:[/._-]|$)/i

function upgradeAsks(closed: readonly Endpoint[], facts: Facts): readonly string[] {
  const config = facts['nginx-config']
  if (!config.known) return []
  const lacking = (pass: Pass): boolean =>
    pass.protocol === 'proxy' &&
    pass.location !== null &&
    !(passesUpgrade(pass.scope) && speaksLater(pass.scope, facts))
  const written = config.value.model.passes
    .filter((pass) => lacking(pass))
    .filter((pass) => {
      const path = pass.location?.path ?? ''
      return socketWords.test(path) || closed.some((endpoint) => endpoint.usedBy.some((use) => use.pass === pass))
    })
    .map((pass) => ({ pass, path: /^[~@]/.test(pass.location?.modifier ?? '') ? '/' : (pass.location?.path ?? '/') }))
  const refused = refusedSockets(config.value.model, facts).filter(({ pass }) => lacking(pass))
  const once = new Map(
    [...refused, ...written].map((each) => [`${each.pass.file}:${each.pass.line} ${each.path}`, each]),
  )
  return [...once.values()].slice(0, MOST_UPGRADES).flatMap(({ pass, path }) => {
    const listen = pass.server?.listens.find((each) => each.unix === null && !each.proxyProtocol && !each.udp)
    const name = pass.server?.names.find(isPlainName) ?? 'localhost'
    const address = addressBehind(pass, facts)
    if (!listen || address === null || !/^\/[A-Za-z0-9_.~/%+-]{0,200}$/.test(path)) return []
    const query = transportOf(path)
    return [
      [
        'upgrade-nginx',
        listen.ssl ? 'https' : 'http',
        `${connectHost(listen.host)}:${portOf(listen)}`,
        name,
        `${path}${query}`,
      ],
      ['upgrade-direct', pass.scheme ?? 'http', address, name, `${mapped(pass, path)}${query}`],
    ].map((ask) => ask.join('|'))
  })
}

/** Endings that the clients of well-known libraries have in their websocket's path. Ours, not a client's: none of what clients ask is asked again. */
const usualSockets: ReadonlySet<string> = new Set([
  '/cable',
  '/ws',
  '/websocket',
  '/socket.io',
  '/socket',
  '/sockets',
  '/live',
  '/realtime',
  '/signalr',
  '/sockjs',
  '/hub',
  '/stream',
  '/updates',
])

/** Fewer in ten minutes are somebody who tries names. */
const FEW_REFUSED = 5

/** Such a path at or below a location for pages, whose requests fail again and again: the handshakes of a site that has no location for them. */
function refusedSockets(
  configured: ConfigModel,
  { 'access-log': access }: Facts,
): readonly { readonly pass: Pass; readonly path: string }[] {
  if (!access.known) return []
  return access.value.logs.flatMap((log) => {
    const writers = serversLoggingTo(log.path, configured)
    const atRoot = log.answers.map((each) => ({ ...each, ending: each.segment ?? '' }))
    return [...atRoot, ...log.sockets]
      .filter(({ count, status, ending }) => count >= FEW_REFUSED && status !== 499 && usualSockets.has(ending))
      .flatMap(({ segment, site, ending }) => {
        // Where several sites share a log nobody says whose handshakes they are, and each may be asked.
        const servers = writers.filter(({ names }) => site === null || names.includes(site))
        const slash = ending === '/socket.io' ? '/' : ''
        return servers.flatMap((server) =>
          foldersOf(server, segment, ending).flatMap((folder) => {
            const path = `${folder}${ending}${slash}`
            const [pass] = passesFor(configured, server, path)
            return pass ? [{ pass, path }] : []
          }),
        )
      })
  })
}

/** What stands before the ending, by the locations that begin with this part of the path: "/api" of `location /api/`. */
function foldersOf({ locations }: Server, segment: string | null, ending: string): readonly string[] {
  if (segment === ending) return ['']
  const folders = locations
    .filter(({ modifier, path }) => (modifier === '' || modifier === '^~') && path.startsWith('/'))
    .map(({ path }) => path.replace(/\/$/, ''))
  return [...new Set(folders)].filter((path) => path === segment || path.startsWith(`${segment ?? ''}/`))
}

/** Engine.IO has two transports at one path, and this says which (socket.io, engine.io-protocol). */
function transportOf(path: string): string {
  return /\/(?:socket|engine)\.io\/?$/.test(path) ? '?EIO=4&transport=websocket' : ''
}

/** HTTP/1.0 has no upgrade, whatever headers are passed on. */
function speaksLater(scope: Scope, { 'nginx-build': build }: Facts): boolean {
  const written = inForce(scope, 'proxy_http_version')?.value
  if (written !== undefined) return written !== '1.0'
  const version = build.known ? nginxVersion(build.value) : null
  return version === null || isAtLeast(version, SPOKEN_BY_DEFAULT)
}

/** proxy_http_version is 1.1 where nothing is written, from here on (CHANGES of 1.29.7). */
const SPOKEN_BY_DEFAULT = [1, 29, 7] as const

/** Where nginx would connect for this pass; null where the files do not tell. */
export function addressBehind(pass: EndpointUse['pass'], facts: Facts): string | null {
  const { target } = pass
  if (target.kind === 'unix') return `unix:${target.path}`
  if (target.kind === 'address') return target.port === null ? null : plainAddress(`${target.host}:${target.port}`)
  const config = facts['nginx-config']
  if (target.kind === 'variable' || !config.known) return null
  const peer = config.value.model.upstreams.find(({ name }) => name === target.name)?.peers.find((each) => !each.down)
  if (!peer) return null
  return peer.unix !== null ? `unix:${peer.unix}` : plainAddress(`${peer.host ?? ''}:${peer.port ?? ''}`)
}

function plainAddress(address: string): string | null {
  return /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]{1,253}):\d{1,5}$/.test(address) ? address : null
}

/** nginx puts the URI of the pass in place of the location's path. */
export function mapped({ uri, location }: Pass, path: string): string {
  if (uri === null) return path
  const literal = /^[~@]/.test(location?.modifier ?? '') ? path : (location?.path ?? '')
  const there = path.startsWith(literal) ? `${uri}${path.slice(literal.length)}` : uri
  return /^\/[A-Za-z0-9_.~/%+-]{0,200}$/.test(there) ? there : path
}

function nameOf(use: EndpointUse): string {
  return use.serverNames.find(isPlainName) ?? 'localhost'
}

function portOf(listen: Listen): number {
  return listen.port ?? (listen.ssl ? 443 : 80)
}

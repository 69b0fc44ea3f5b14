import { posix } from 'node:path'
import { packagedPaths, type BuildPaths } from './build-paths.ts'
import { accessLogOf, errorLogOf, fromPrefix, logTarget } from './config-logs.ts'
import type { AccessLog, ErrorLog } from './config-logs.ts'
import type { Config } from './config-parse.ts'
import { passProtocol, readPass, type Pass } from './config-passes.ts'
import { inForce, mainScope, nearest, visit, type Scope, type Visited } from './config-scope.ts'
import { locationOf, serverOf, type Location, type Server } from './config-servers.ts'
import { certificateOf, returned5xx, serverNamesOf, type Certificate, type Returned5xx } from './config-served.ts'
import { upstreamOf, type Upstream } from './config-upstreams.ts'

/** Name servers of one `resolver`, as written. */
export interface Resolver {
  readonly addresses: readonly string[]
  readonly file: string
  readonly line: number
}

/** What rules ask a configuration. `inForce(pass.scope, 'proxy_read_timeout')` answers what holds where. */
export interface ConfigModel {
  readonly config: Config
  readonly upstreams: readonly Upstream[]
  readonly servers: readonly Server[]
  readonly passes: readonly Pass[]
  readonly errorLogs: readonly ErrorLog[]
  readonly accessLogs: readonly AccessLog[]
  /** User of the workers. */
  readonly user: string
  readonly pidPath: string
  /** Where relative paths of logs, modules and the pid file start. */
  readonly prefix: string
  readonly workerConnections: number
  readonly resolvers: readonly Resolver[]
  readonly certificates: readonly Certificate[]
  readonly returns5xx: readonly Returned5xx[]
  readonly main: Scope
}

/** Derives the model; `build` comes from `nginx -V` where it is known. */
export function model(config: Config, build: BuildPaths = packagedPaths): ConfigModel {
  const main = mainScope(config)
  const seen = visit(main)
  const named = (name: string): readonly Visited[] => seen.filter(({ directive }) => directive.name === name)
  const first = (name: string): string | undefined => named(name)[0]?.directive.args[0]
  const upstreams = named('upstream')
    .filter(({ directive }) => directive.block !== undefined)
    .map(({ directive, scope }) => upstreamOf(directive, scope.name === 'stream' ? 'stream' : 'http'))
  const servers = serversOf(seen)

  return {
    config,
    main,
    upstreams,
    servers,
    passes: passesOf(seen, upstreams, servers),
    errorLogs: errorLogsOf(named('error_log'), build),
    accessLogs: accessLogsOf(named('access_log'), build, servers),
    user: first('user') ?? build.user,
    prefix: build.prefix,
    pidPath: fromPrefix(first('pid') ?? build.pid, build),
    workerConnections: Number(first('worker_connections') ?? 512),
    resolvers: named('resolver').map(resolverOf),
    certificates: seen.flatMap(({ directive, scope }) => certificateOf(directive, scope, posix.dirname(config.main))),
    returns5xx: seen.flatMap(({ directive, scope }) => returned5xx(directive, scope)),
  }
}

const CONTEXTS: ReadonlyMap<string, Server['protocol']> = new Map([
  ['http', 'http'],
  ['stream', 'stream'],
  ['mail', 'mail'],
])

function serversOf(seen: readonly Visited[]): readonly Server[] {
  const locations = new Map<Scope | null, Location[]>()
  for (const { opened } of seen) {
    if (opened?.name !== 'location') continue
    const server = nearest(opened, 'server')
    const found = locations.get(server) ?? []
    found.push(locationOf(opened))
    locations.set(server, found)
  }
  return seen.flatMap(({ opened, scope }) => {
    const protocol = CONTEXTS.get(scope.name)
    if (opened?.name !== 'server' || protocol === undefined) return []
    return [serverOf(opened, protocol, locations.get(opened) ?? [])]
  })
}

function passesOf(
  seen: readonly Visited[],
  upstreams: readonly Upstream[],
  servers: readonly Server[],
): readonly Pass[] {
  const byScope = new Map(servers.map((server) => [server.scope, server]))
  return seen.flatMap(({ directive, scope }) => {
    const protocol = passProtocol(directive, nearest(scope, 'stream') !== null)
    const text = directive.args[0]
    if (protocol === null || text === undefined) return []
    const block = nearest(scope, 'server')
    const server = block === null ? null : (byScope.get(block) ?? null)
    const around = nearest(scope, 'location')
    const location = server?.locations.find((one) => one.scope === around) ?? null
    const { file, line } = directive
    return [{ ...readPass(text, protocol, upstreams), protocol, file, line, server, location, scope }]
  })
}

/** All error logs in use. nginx keeps the one it was built with unless the main context names another. */
function errorLogsOf(found: readonly Visited[], build: BuildPaths): readonly ErrorLog[] {
  const written = found.map(({ directive, scope }) => errorLogOf(directive, serverNamesOf(scope), build))
  if (found.some(({ scope }) => scope.name === 'main')) return written
  const target = logTarget(build.errorLog, build)
  return [{ target, level: 'error', serverNames: [], file: null, line: null }, ...written]
}

/** All access logs in use. An http server writes to the one nginx was built with unless something around it says otherwise. */
function accessLogsOf(found: readonly Visited[], build: BuildPaths, servers: readonly Server[]): readonly AccessLog[] {
  const written = found.map(({ directive, scope }) => accessLogOf(directive, serverNamesOf(scope), build))
  const implied = servers.filter((server) => server.protocol === 'http' && inForce(server.scope, 'access_log') === null)
  if (implied.length === 0) return written
  const target = logTarget(build.accessLog, build)
  const serverNames = implied.flatMap(({ names }) => names)
  return [{ target, format: 'combined', serverNames, file: null, line: null }, ...written]
}

function resolverOf({ directive }: Visited): Resolver {
  const { args, file, line } = directive
  return { addresses: args.filter((arg) => !arg.includes('=')), file, line }
}

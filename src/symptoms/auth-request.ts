import type { ConfigModel } from '../nginx/config-model.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { inForce, type InForce } from '../nginx/config-scope.ts'
import type { Location, Server } from '../nginx/config-servers.ts'

/** Requests that first ask another location of the same server (ngx_http_auth_request_module), and who answers there. */
export interface AuthCheck {
  readonly server: Server
  /** Where it is in force; null for the server itself. */
  readonly guarded: Location | null
  readonly directive: InForce
  /** "/auth", as auth_request names it. */
  readonly uri: string
  /** The location that serves that path; null when there is none but the server itself. */
  readonly location: Location | null
  /** Where the subrequest is sent on; null when nginx answers it itself. */
  readonly pass: Pass | null
}

/** Every auth_request in force for one of these server names, once for each path it asks. */
export function authChecks(sites: readonly string[], configured: ConfigModel): readonly AuthCheck[] {
  const checks = new Map<string, AuthCheck>()
  for (const server of configured.servers) {
    if (server.protocol !== 'http' || !server.names.some((name) => sites.includes(name))) continue
    for (const guarded of [null, ...server.locations]) {
      const directive = inForce(guarded?.scope ?? server.scope, 'auth_request')
      const uri = directive?.args[0] ?? 'off'
      if (directive === null || uri === 'off' || uri.includes('$')) continue
      const key = `${server.file}:${server.line} ${uri}`
      if (checks.has(key)) continue
      const location = locationOf(uri, server)
      const pass = configured.passes.find((each) => each.server === server && each.location === location) ?? null
      checks.set(key, { server, guarded, directive, uri, location, pass })
    }
  }
  return [...checks.values()]
}

/** An exact location before the longest prefix; a regular expression would win over a plain prefix, and then nobody can tell from here. */
function locationOf(uri: string, server: Server): Location | null {
  const path = uri.replace(/\?.*/, '')
  const exact = server.locations.find((each) => each.modifier === '=' && each.path === path)
  if (exact) return exact
  const prefixes = server.locations.filter(
    (each) => (each.modifier === '' || each.modifier === '^~') && path.startsWith(each.path),
  )
  return prefixes.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
}

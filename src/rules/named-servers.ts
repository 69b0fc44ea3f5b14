import { locationFor } from '../nginx/location-match.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import type { Scope } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'

/** The http servers that go by one of these names; the error log names a server by its first name, and by nothing when it has none. */
export function serversNamed(sites: readonly string[], model: ConfigModel): readonly Server[] {
  const http = model.servers.filter((server) => server.protocol === 'http')
  const named = http.filter((server) => server.names.some((name) => sites.includes(name)))
  if (named.length > 0) return named
  return sites.includes('') || (http.length === 1 && sites.length === 0)
    ? http.filter(({ names }) => names.length === 0)
    : []
}

/** The block that serves a path: its location, else the server. Null when an expression is in the way that cannot be read here. */
export function scopeFor(server: Server, path: string): Scope | null {
  const { location, known } = locationFor(server, path)
  return known ? (location?.scope ?? server.scope) : null
}

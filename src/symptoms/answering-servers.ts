import type { ConfigModel } from '../nginx/config-model.ts'
import { allInForce, type Scope } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'

/** The http servers whose requests end up in this access log: their own, one of a location of theirs, or the one they inherit. */
export function serversLoggingTo(path: string, model: ConfigModel): readonly Server[] {
  const written = model.accessLogs.filter(({ target }) => target.kind === 'file' && target.path === path)
  const places = new Set(written.flatMap(({ file, line }) => (file === null ? [] : [`${file}:${line ?? 0}`])))
  const implied = written.some(({ file }) => file === null)
  const goesThere = (scope: Scope): boolean => {
    const logs = allInForce(scope, 'access_log')
    return logs.length === 0 ? implied : logs.some(({ file, line }) => places.has(`${file ?? ''}:${line ?? 0}`))
  }
  return model.servers.filter(
    (server) =>
      server.protocol === 'http' &&
      (goesThere(server.scope) || server.locations.some((location) => goesThere(location.scope))),
  )
}

/** One name for a server, as a live request would ask for it. */
export function nameOf(server: Server): string | null {
  return server.names.find((name) => /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) ?? null
}

import type { ConfigModel } from '../nginx/config-model.ts'
import { inForce, nearest, visit, type Scope } from '../nginx/config-scope.ts'
import { locationFor } from '../nginx/location-match.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'

/**
 * Nothing came back because the configuration says so: `return 444` closes the connection without an answer (ngx_http_rewrite_module),
 * `ssl_reject_handshake on` ends the handshake. In words; null when nothing of that kind holds for the request.
 */
export function closedOnPurpose(answer: LiveAnswer, model: ConfigModel): string | null {
  if (answer.way !== 'nginx' || answer.status !== null) return null
  const port = Number(/:(\d+)$/.exec(answer.endpoint)?.[1] ?? 0)
  const there = model.servers.filter(
    (server) => server.protocol === 'http' && server.listens.some((listen) => listen.port === port),
  )
  const server =
    there.find(({ names }) => names.includes(answer.host)) ??
    there.find(({ listens }) => listens.some((listen) => listen.defaultServer && listen.port === port)) ??
    there[0]
  if (!server) return null
  if (inForce(server.scope, 'ssl_reject_handshake')?.value === 'on' && answer.exitCode === 35)
    return 'ssl_reject_handshake is on'
  const { location } = locationFor(server, answer.path)
  const closes = [server.scope, location?.scope].some((scope) => scope !== undefined && returns444(scope))
  return closes && [52, 56, 92].includes(answer.exitCode) ? 'return 444' : null
}

/** In the block itself or below an `if` of it, not in its locations. */
function returns444(scope: Scope): boolean {
  return visit(scope).some(
    ({ directive, scope: at }) =>
      directive.name === 'return' &&
      directive.args[0] === '444' &&
      (at === scope || (at.name === 'if' && nearest(at.parent, scope.name) === scope)),
  )
}

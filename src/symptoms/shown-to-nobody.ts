import type { ConfigModel } from '../nginx/config-model.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import type { ServedCertificate } from '../probes/served-certificates.ts'

/**
 * Why nobody who asks for a site by its name meets this certificate, in words; null when somebody does. It belongs to a server that takes
 * what no other one has the name for: one that answers nothing (`return 444` in the server itself, `ssl_reject_handshake on`), or one
 * called `_` beside servers with names. Such a server keeps any certificate at all, because nginx wants one.
 */
export function shownToNobody(served: ServedCertificate, model: ConfigModel): string | null {
  const there = tlsServersAt(served.endpoint, model)
  const server = serverShowing(served, model)
  if (!server) return null
  if (inForce(server.scope, 'ssl_reject_handshake')?.value === 'on') return 'ssl_reject_handshake is on there'
  const closes = server.scope.directives.some(({ name, args }) => name === 'return' && args[0] === '444')
  if (closes) return 'that server answers nobody (return 444)'
  const named = there.some((each) => each !== server && !isNameless(each))
  return isNameless(server) && named ? 'that server has no name, and the sites have servers of their own' : null
}

function tlsServersAt(endpoint: string, model: ConfigModel): readonly Server[] {
  const port = Number(/:(\d+)$/.exec(endpoint)?.[1] ?? 0)
  return model.servers.filter((server) => server.listens.some((listen) => listen.ssl && listen.port === port))
}

/** The server with that name; the default server for a name that nobody has (ngx_http_find_virtual_server). */
export function serverShowing({ endpoint, name }: ServedCertificate, model: ConfigModel): Server | undefined {
  const there = tlsServersAt(endpoint, model)
  return (
    there.find(({ names }) => names.includes(name)) ??
    there.find(({ listens }) => listens.some(({ ssl, defaultServer }) => ssl && defaultServer)) ??
    there[0]
  )
}

/** `_` is no name that anybody can ask for; wildcards and expressions are names. */
export function isNameless({ names }: Server): boolean {
  return names.every((name) => name === '_' || name === '')
}

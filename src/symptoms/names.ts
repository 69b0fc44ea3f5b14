import type { Endpoint } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'

/** The name servers that nginx asks for this endpoint, as written. */
export function resolversFor(endpoint: Endpoint): readonly string[] {
  const found = endpoint.usedBy.flatMap((use) => inForce(use.pass.scope, 'resolver')?.args ?? [])
  return [...new Set(found)].filter((arg) => !arg.includes('='))
}

/** host not found in upstream "app.internal" -> app.internal; the port goes (src/core/ngx_inet.c, ngx_resolve_host). */
export function notFoundName(message: string): string | null {
  const name = /^host not found in [^"]{0,60}"(?<name>[^"]{1,300})"/.exec(message)?.groups?.['name']
  return name === undefined ? null : name.replace(/:\d{1,5}$/, '')
}

import type { Endpoint, EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'

/**
 * The endpoints that serve this name and path: those of the longest location prefix that fits; none of an internal one, where nginx itself
 * answers 404 to whoever asks from outside (ngx_http_core_find_config_phase).
 */
export function endpointsBehind(
  answer: { readonly host: string; readonly path: string },
  endpoints: readonly Endpoint[],
): readonly Endpoint[] {
  const fitting = endpoints.flatMap((endpoint) =>
    endpoint.usedBy
      .filter((use) => use.serverNames.includes(answer.host) && answer.path.startsWith(prefixOf(use)))
      .map((use) => ({ endpoint, length: prefixOf(use).length, inside: isInternal(use) })),
  )
  const longest = Math.max(0, ...fitting.map((each) => each.length))
  const serving = fitting.filter((each) => each.length === longest && !each.inside)
  return [...new Set(serving.map((each) => each.endpoint))]
}

/** A location for subrequests and redirects of nginx alone. */
export function isInternal({ pass }: EndpointUse): boolean {
  return pass.location !== null && inForce(pass.location.scope, 'internal') !== null
}

/** The literal prefix of a location; a regular expression or a named location counts as the root. */
export function prefixOf(use: EndpointUse): string {
  const location = use.pass.location
  return location === null || /^[~@]/.test(location.modifier) || !location.path.startsWith('/') ? '/' : location.path
}

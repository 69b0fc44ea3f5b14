import type { Endpoint, EndpointUse } from '../nginx/config-endpoints.ts'

/** The endpoints that serve this name and path: those of the longest location prefix that fits. */
export function endpointsBehind(
  answer: { readonly host: string; readonly path: string },
  endpoints: readonly Endpoint[],
): readonly Endpoint[] {
  const fitting = endpoints.flatMap((endpoint) =>
    endpoint.usedBy
      .filter((use) => use.serverNames.includes(answer.host) && answer.path.startsWith(prefixOf(use)))
      .map((use) => ({ endpoint, length: prefixOf(use).length })),
  )
  const longest = Math.max(0, ...fitting.map((each) => each.length))
  return [...new Set(fitting.filter((each) => each.length === longest).map((each) => each.endpoint))]
}

/** The literal prefix of a location; a regular expression or a named location counts as the root. */
export function prefixOf(use: EndpointUse): string {
  const location = use.pass.location
  return location === null || /^[~@]/.test(location.modifier) || !location.path.startsWith('/') ? '/' : location.path
}

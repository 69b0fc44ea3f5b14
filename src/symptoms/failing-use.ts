import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { literalPath } from '../nginx/literal-path.ts'
import { locationFor } from '../nginx/location-match.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Trouble } from './trouble.ts'

/**
 * The *_pass that most of a trouble's requests went through, of several that lead to its address: each has its own time-outs, and what is
 * asked there differs. null when the lines do not tell. A client's path only chooses among locations.
 */
export function failingUse(trouble: Trouble): EndpointUse | null {
  const uses = trouble.endpoints.flatMap(({ usedBy }) => usedBy)
  if (uses.length <= 1) return uses[0] ?? null
  const counts = new Map<EndpointUse, number>()
  const total = trouble.groups.reduce((sum, { count }) => sum + count, 0)
  for (const { line, count } of trouble.groups) {
    const use = useFor(uses, line.server, requestedPath(line))
    if (use) counts.set(use, (counts.get(use) ?? 0) + count)
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most && 2 * most[1] > total ? most[0] : null
}

/** Whether an answer is one of the location behind that *_pass; what is asked past nginx has the same path unless the pass has one of its own. */
export function isOfUse(use: EndpointUse, { host, path }: Pick<LiveAnswer, 'host' | 'path'>): boolean {
  const { server, location, uri } = use.pass
  if (server === null) return true
  // A server whose names are no plain ones is asked as localhost.
  if (host !== 'localhost' && use.serverNames.length > 0 && !use.serverNames.includes(host)) return false
  const match = locationFor(server, path)
  return uri !== null || !match.known || match.location === location
}

/** A path of that location, for a request of our own. */
export function pathOf({ pass }: EndpointUse): string | null {
  if (pass.location === null) return '/'
  return pass.server === null ? null : literalPath(pass.server, pass.location)
}

function useFor(uses: readonly EndpointUse[], server: string | null, path: string): EndpointUse | undefined {
  const named = uses.filter(
    ({ serverNames }) => server === null || serverNames.length === 0 || serverNames.includes(server),
  )
  return named.find(({ pass }) => {
    if (pass.server === null) return false
    const match = locationFor(pass.server, path)
    return match.known && match.location === pass.location
  })
}

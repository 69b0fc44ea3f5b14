import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { prefixOf } from './endpoints-behind.ts'
import type { Trouble } from './trouble.ts'

/**
 * The *_pass that a trouble is about, among those that the configuration has for its address: of the server that failed, the one
 * whose location fits the newest request best. The path is the client's word; it only chooses among places that are configured.
 */
export function concernedUse(trouble: Trouble): EndpointUse | null {
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  const path =
    newest?.line.subrequest ?? /^\S+ (\/\S*)/.exec(newest?.line.request ?? '')?.[1] ?? trouble.live[0]?.path ?? '/'
  const uses = trouble.endpoints.flatMap((endpoint) => endpoint.usedBy)
  const ofSite = uses.filter((use) => use.serverNames.some((name) => trouble.sites.includes(name)))
  // One *_pass can speak both, when a variable has the scheme: nginx writes in its log which of them it did.
  const upstream = newest?.line.upstreamTrusted === true ? newest.line.upstream : null
  const spoke = (use: EndpointUse): number =>
    use.pass.scheme !== null && upstream?.startsWith(`${use.pass.scheme}://`) === true ? 1 : 0
  const [best] = (ofSite.length > 0 ? ofSite : uses).toSorted(
    (a, b) => fit(b, path) - fit(a, path) || spoke(b) - spoke(a),
  )
  return best ?? null
}

function fit(use: EndpointUse, path: string): number {
  const modifier = use.pass.location?.modifier ?? ''
  const written = use.pass.location?.path ?? '/'
  if (modifier.startsWith('~')) return matches(written, path, modifier) ? 1000 : -1
  const prefix = prefixOf(use)
  if (modifier === '=') return path === prefix ? 2000 : -1
  return path.startsWith(prefix) ? prefix.length : -1
}

/** Only endings like "\.php$" are read: a regular expression of somebody's configuration is not run here. */
function matches(pattern: string, path: string, modifier: string): boolean {
  const ending = /^\\(\.[a-z0-9]{1,10})(?:\$|\(\/\|\$\)|\(\?:\/\|\$\))$/.exec(pattern)?.[1]
  const plain = path.replace(/\?.*/, '')
  return ending !== undefined && (modifier === '~*' ? plain.toLowerCase() : plain).endsWith(ending)
}

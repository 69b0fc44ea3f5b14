import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { Facts } from '../probes/index.ts'
import { changedSinceLoad } from './believe.ts'

/**
 * nginx serves none of these sites and connects to that address for none, by the configuration on disk, which is the one that it has loaded: what
 * failed there was given up. The caller knows that it was loaded after the last error.
 */
export function isGone(sites: readonly string[], address: string | null, facts: Facts): boolean {
  const config = facts['nginx-config']
  if (!config.known || address === null || sites.length === 0 || changedSinceLoad(facts).length > 0) return false
  const { model } = config.value
  return (
    !model.servers.some(({ names }) => names.some((name) => sites.includes(name))) &&
    !endpointsOf(model).some((endpoint) => endpoint.address === address || endpoint.atRunTime)
  )
}

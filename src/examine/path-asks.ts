import { posix } from 'node:path'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Facts } from '../probes/index.ts'
import { pathRewriteOf } from '../symptoms/path-rewrite.ts'
import { isPlainAddress, isPlainName } from './plain.ts'

/** Locations are looked at one by one in the access log. */
const MOST_LOCATIONS = 8

/** Arguments of the probe path-mapping: locations whose proxy_pass rewrites the path, or does not, where the other could be meant. */
export function pathAsks(facts: Facts): readonly string[] {
  const config = facts['nginx-config']
  const access = facts['access-log']
  // Without a 404 in any log there is nothing to explain.
  if (!config.known || !access.known || !access.value.logs.some((log) => (log.byStatus.get(404) ?? 0) >= 5)) return []
  const { model } = config.value
  const endpoints = endpointsOf(model)
  const asks = model.passes.flatMap((pass) => {
    const rewrite = pathRewriteOf(pass)
    const log = logOf(
      pass,
      access.value.logs.map(({ path }) => path),
    )
    const peer = endpoints.find((each) => !each.down && each.usedBy.some((use) => use.pass === pass))?.address
    if (!rewrite || log === null || peer === undefined || pass.scheme === 'https' || !isPlainAddress(peer)) return []
    const name = pass.server?.names.find(isPlainName) ?? 'localhost'
    return [[log, rewrite.prefix, peer, name, rewrite.mapped, rewrite.other].join('|')]
  })
  return [...new Set(asks)].slice(0, MOST_LOCATIONS)
}

/** The access log that its requests are in, one of those that were read. */
function logOf(pass: Pass, read: readonly string[]): string | null {
  const written = inForce(pass.scope, 'access_log')?.args[0]
  if (written === undefined) return read.find((path) => path.endsWith('/access.log')) ?? null
  return read.find((path) => path === written || path.endsWith(posix.join('/', written))) ?? null
}

import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Facts } from '../probes/index.ts'
import { serversLoggingTo } from './answering-servers.ts'

/** Fewer 499s, or a smaller part of what is asked, are people who close a page (as in rules/client-gave-up.ts). */
const FEW = 10
const SHARE = 0.2

/** The backends of sites whose clients mostly leave before the answer (499): nginx says nothing of those, however long it would have waited. */
export function leftWaiting(facts: Facts, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const { 'access-log': access, 'nginx-config': config } = facts
  if (!access.known || !config.known) return []
  const { model } = config.value
  const left = access.value.logs.filter(({ byStatus, total }) => {
    const count = byStatus.get(499) ?? 0
    return count >= FEW && count / Math.max(1, total) >= SHARE
  })
  const servers = left.flatMap(({ path }) => serversLoggingTo(path, model))
  return endpoints.filter((endpoint) =>
    endpoint.usedBy.some(({ pass }) => pass.server !== null && servers.includes(pass.server)),
  )
}

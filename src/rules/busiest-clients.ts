import type { Claim, View } from '../diagnosis/rule.ts'
import { type Knowledge, seenBy } from './knowledge.ts'

type Seen = View<Knowledge, never, 'access-log'>

interface Busiest {
  readonly path: string
  readonly address: string
  readonly count: number
  readonly total: number
  readonly distinct: number
}

/** Part of all requests of one log from which on one client is worth a look, and how many at least: two a second. */
const SHARE = 0.5
const MANY = 1200

/** Seconds over which the access log is counted. */
const WINDOW = 600

/**
 * The clients that alone make half of the requests of a busy access log. Whoever stands in front of nginx as a proxy makes them all, so
 * this is told beside a cause and never is one.
 */
export function busiestClients({ 'access-log': access }: Seen): readonly Busiest[] {
  if (!access.known || access.value.cut) return []
  return access.value.logs.flatMap(({ path, total, clients, covers }) => {
    const all = clients.find(({ status }) => status === 'all')
    const first = all?.busiest[0]
    // This machine itself stands for whoever comes in by a tunnel or another proxy here.
    if (!all || !first || /^(?:127\.|::1$)/.test(first.address)) return []
    if (total < (MANY * (covers ?? WINDOW)) / WINDOW || first.count < SHARE * total) return []
    return [{ path, ...first, total, distinct: all.distinct }]
  })
}

export function clientEvidence(seen: Seen): Claim['evidence'] {
  return busiestClients(seen).map(({ path, address, count, total, distinct }) =>
    seenBy(
      'access-log',
      `awk '{print $1}' ${path} | sort | uniq -c | sort -rn | head`,
      `${address} made ${count} of the ${total} requests of the last minutes, ${distinct} clients in all`,
    ),
  )
}

export function clientSteps(seen: Seen): readonly string[] {
  return busiestClients(seen)
    .slice(0, 1)
    .map(
      ({ address, count, total }) =>
        `${address} makes ${Math.round((100 * count) / total)} % of the requests: unless that is your own proxy or load balancer, limit_req or a deny for it takes load off`,
    )
}

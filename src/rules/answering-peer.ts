import { allInForce } from '../nginx/config-scope.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/**
 * The trouble of a whole upstream as that of the peers that answer 5xx when they are asked without nginx, one each: which peer nginx had asked
 * is in no log. Where nginx takes such an answer for a failed peer (proxy_next_upstream), "no live upstreams" is its consequence, and then
 * every peer must answer so, or nginx would have asked the other.
 */
export function failingPeers(trouble: Trouble): readonly Trouble[] {
  const { address, kind, endpoints, live } = trouble
  if (address !== null || (kind !== 'no-live' && kind !== 'failing-answer')) return []
  const failing = endpoints.filter((endpoint) =>
    live.some((answer) => answer.endpoint === endpoint.address && isOwnError(answer)),
  )
  if (
    kind === 'no-live' &&
    !(failing.length === endpoints.length && failing.every((each) => countsAsFailed(each, live)))
  )
    return []
  return failing.map((endpoint) => ({
    ...trouble,
    kind: 'failing-answer',
    address: endpoint.address,
    endpoints: [endpoint],
    live: live.filter((answer) => answer.way === 'nginx' || answer.endpoint === endpoint.address),
  }))
}

function isOwnError({ way, status, nginxPage }: LiveAnswer): boolean {
  return way === 'direct' && status !== null && status >= 500 && !nginxPage
}

/** `proxy_next_upstream ... http_500` where the requests pass. */
function countsAsFailed({ address, usedBy }: Trouble['endpoints'][number], live: Trouble['live']): boolean {
  const statuses = live
    .filter((answer) => answer.endpoint === address && isOwnError(answer))
    .map(({ status }) => status)
  return usedBy.some(({ pass }) =>
    allInForce(pass.scope, `${pass.protocol}_next_upstream`).some(({ args }) =>
      args.some((arg) => statuses.some((status) => arg === `http_${status}`)),
    ),
  )
}

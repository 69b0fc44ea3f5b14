import type { Fact } from '../diagnosis/fact.ts'
import type { LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isLiteral } from '../nginx/config-endpoints.ts'
import type { NameResolution } from '../probes/name-resolution.ts'
import { hostOf } from '../symptoms/address.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/**
 * Where the configuration has a name for the address in trouble: whether the name still leads there. Without that knowledge an old
 * address cannot be told from a backend that is gone, so nothing about the backend is more than possible (`open`).
 */
export function staleAlike(
  trouble: Trouble,
  address: string,
  names: Fact<NameResolution>,
): { readonly alike: LookAlike; readonly open: boolean } {
  const literal = trouble.endpoints.find(
    (endpoint) => endpoint.unix !== null || (endpoint.host !== null && isLiteral(endpoint.host)),
  )
  if (literal) {
    const because = `the address itself is written at ${literal.file}:${literal.line}`
    return { alike: ruledOut('upstream-address-stale', because), open: false }
  }
  const [endpoint] = trouble.endpoints
  if (endpoint?.host == null) {
    const because = 'the configuration on disk does not name this address'
    return { alike: notJudged('upstream-address-stale', because), open: false }
  }
  const { host } = endpoint
  if (endpoint.atRunTime)
    return { alike: ruledOut('upstream-address-stale', `nginx looks ${host} up while it runs`), open: false }
  if (host === 'localhost') return { alike: ruledOut('upstream-address-stale', 'localhost does not move'), open: false }
  if (!names.known) return { alike: notJudged('upstream-address-stale', names.reason), open: true }
  return names.value.names.get(host)?.includes(hostOf(address)) === true
    ? { alike: ruledOut('upstream-address-stale', `${host} still resolves to ${hostOf(address)}`), open: false }
    : {
        alike: notJudged('upstream-address-stale', `${host} was not seen to resolve to ${hostOf(address)}`),
        open: true,
      }
}

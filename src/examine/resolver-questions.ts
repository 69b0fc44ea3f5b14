import type { Endpoint } from '../nginx/config-endpoints.ts'
import { configAddress } from '../nginx/config-address.ts'
import type { Facts } from '../probes/index.ts'
import { notFoundName, resolversFor } from '../symptoms/names.ts'
import { startingOf } from '../symptoms/starting.ts'

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/

/** Most questions to name servers in one diagnosis. */
const MOST = 8

/** `SERVER|PORT|NAME` for each name that nginx looks up while it runs and each name server of the `resolver` in force there. */
export function resolverQuestions(facts: Facts, endpoints: readonly Endpoint[]): readonly string[] {
  const config = facts['nginx-config']
  if (!config.known) return []
  const asks = endpoints.flatMap((endpoint) =>
    endpoint.atRunTime && endpoint.host !== null && NAME.test(endpoint.host)
      ? resolversFor(endpoint).flatMap((server) => {
          const { host, port } = configAddress(server)
          return host !== null && /^[0-9a-fA-F.:]+$/.test(host) ? [`${host}|${port ?? 53}|${endpoint.host}`] : []
        })
      : [],
  )
  return [...new Set(asks)].slice(0, MOST)
}

/** Names that kept nginx from starting and that its configuration holds at the place which the message names. */
export function namesAtStart(facts: Facts): readonly string[] {
  const config = facts['nginx-config']
  if (!config.known) return []
  return startingOf(facts).refusals.flatMap(({ line }) => {
    const name = notFoundName(line.message)
    const text =
      line.config === null ? undefined : config.value.files.get(line.config.file)?.split('\n')[line.config.line - 1]
    return name !== null && NAME.test(name) && text?.includes(name) === true ? [name] : []
  })
}

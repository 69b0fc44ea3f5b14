import type { Facts } from '../probes/index.ts'

/** Addresses that the access logs count as clients. */
export function clientsOf(facts: Facts): readonly string[] {
  const logs = facts['access-log']
  if (!logs.known) return []
  return logs.value.logs.flatMap(({ clients }) => clients.flatMap(({ busiest }) => busiest.map((each) => each.address)))
}

import type { Capture } from '../diagnosis/capture.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { Facts } from '../probes/index.ts'
import { factsOf } from './facts.ts'
import type { Look } from './look.ts'
import { mastersSeen } from './other-masters.ts'

/** Addresses that the access logs of a host count as clients, of each nginx on it. */
export function clientsOf({ facts, masters }: Pick<Look, 'facts' | 'masters'>): readonly string[] {
  return [...(facts ? [facts] : []), ...masters.map((each) => each.facts)].flatMap(counted)
}

export function clientsIn({ captures, host }: Snapshot): readonly string[] {
  const own = captures.filter(({ capture }) => capture.host === host)
  const first = own.flatMap(({ capture, master }): Capture[] => (master === undefined ? [capture] : []))
  const facts = factsOf(first, host, 'both rounds')
  return clientsOf({ facts, masters: mastersSeen(own, first, host) })
}

function counted(facts: Facts): readonly string[] {
  const logs = facts['access-log']
  if (!logs.known) return []
  return logs.value.logs.flatMap(({ clients }) => clients.flatMap(({ busiest }) => busiest.map((each) => each.address)))
}

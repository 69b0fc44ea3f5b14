import type { Fact } from '../diagnosis/fact.ts'
import type { IdleServices } from '../probes/idle-services.ts'
import type { Unit } from '../probes/unit-state.ts'
import { type Needed, serviceAt } from './needed-service.ts'
import { hostOf, portOf } from '../symptoms/address.ts'

/** A service whose first answer the processes of a unit wait for: connections in SYN-SENT, which on a network that works last for milliseconds. */
export interface Awaited {
  readonly needed: Needed
  readonly peer: string
  readonly count: number
}

/** One may be caught in that moment by chance. */
const LEAST = 2

/** The peer that most of them wait for; null when it is none, or who owns them may not be seen. */
export function awaitedBy(unit: Unit, idle: Fact<IdleServices>): Awaited | null {
  if (!idle.known) return null
  const pids = new Set([unit.mainPid, ...(unit.work?.processes ?? []).map(({ pid }) => pid)])
  const counts = new Map<string, number>()
  for (const { peer, owners } of idle.value.opening)
    if ([...owners.matchAll(/pid=(\d+)/g)].some(([, pid]) => pids.has(Number(pid))))
      counts.set(peer, (counts.get(peer) ?? 0) + 1)
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  if (most === undefined || most[1] < LEAST) return null
  const [peer, count] = most
  const port = portOf(peer)
  return { needed: { service: serviceAt(port), host: hostOf(peer), port, unix: null }, peer, count }
}

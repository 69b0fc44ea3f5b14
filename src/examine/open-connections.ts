import type { Facts } from '../probes/index.ts'
import { splitAddress } from '../probes/sockets.ts'

/** How many connections are open to what nginx or a unit listens on, by TCP and by unix sockets; null where that was not seen. Pure. */
export function openConnections(of: 'nginx' | 'unit', target: string, facts: Facts): number | null {
  const pids = of === 'nginx' ? pidsOfNginx(facts) : pidsOfUnit(target, facts)
  const counts = [overTcp(pids, facts), overUnix(pids, facts)].filter((count) => count !== 'none')
  // It may listen on both, and a sum without one of them would be too small.
  const seen = counts.filter((count) => count !== null)
  return counts.length === 0 || seen.length < counts.length ? null : seen.reduce((sum, count) => sum + count, 0)
}

/** none: it does not listen there. null: not seen. */
type Count = number | 'none' | null

function overTcp(pids: ReadonlySet<number>, { sockets }: Facts): Count {
  if (!sockets.known || !sockets.value.ownersSeen) return null
  const held = sockets.value.listeners.filter(({ owners }) => owners.some(({ pid }) => pids.has(pid)))
  const ports = new Set(held.map(({ port }) => port))
  if (ports.size === 0) return 'none'
  return sockets.value.connections
    .filter(({ state, local }) => state === 'ESTAB' && ports.has(splitAddress(local)?.port ?? -1))
    .reduce((sum, { count }) => sum + count, 0)
}

function overUnix(pids: ReadonlySet<number>, { 'unix-sockets': sockets }: Facts): Count {
  // A host without ss tells nothing of them; what listens on TCP alone is still told.
  if (!sockets.known) return 'none'
  const { listeners, connections } = sockets.value
  const paths = new Set(
    listeners.flatMap(({ owners, path }) => (owners.some(({ pid }) => pids.has(pid)) ? [path] : [])),
  )
  if (paths.size === 0) return 'none'
  return connections && [...paths].reduce((sum, path) => sum + (connections.get(path) ?? 0), 0)
}

function pidsOfNginx({ 'nginx-processes': processes }: Facts): ReadonlySet<number> {
  if (!processes.known) return new Set()
  return new Set([...processes.value.masters, ...processes.value.workers].map(({ pid }) => pid))
}

function pidsOfUnit(target: string, { 'backend-units': backend }: Facts): ReadonlySet<number> {
  if (!backend.known) return new Set()
  const ties = backend.value.ties.filter(({ unit }) => unit === target)
  const pids = new Set(ties.flatMap(({ endpoint }) => (endpoint.startsWith('pid:') ? [Number(endpoint.slice(4))] : [])))
  const main = backend.value.units.find(({ id }) => id === target)?.mainPid
  if (main !== undefined && main > 0) pids.add(main)
  return pids
}

import type { Facts } from '../probes/index.ts'
import { splitAddress } from '../probes/sockets.ts'

/** How many connections are open to what nginx or a unit listens on; null where that was not seen, as for unix sockets. Pure. */
export function openConnections(of: 'nginx' | 'unit', target: string, facts: Facts): number | null {
  const { sockets } = facts
  if (!sockets.known || !sockets.value.ownersSeen) return null
  const ports = of === 'nginx' ? portsOfNginx(facts) : portsOfUnit(target, facts)
  if (ports.size === 0) return null
  return sockets.value.connections
    .filter(({ state, local }) => state === 'ESTAB' && ports.has(splitAddress(local)?.port ?? -1))
    .reduce((sum, { count }) => sum + count, 0)
}

function portsOfNginx({ sockets, 'nginx-processes': processes }: Facts): ReadonlySet<number> {
  if (!sockets.known || !processes.known) return new Set()
  const pids = new Set([...processes.value.masters, ...processes.value.workers].map(({ pid }) => pid))
  return portsHeld(sockets.value.listeners, pids)
}

function portsOfUnit(target: string, { sockets, 'backend-units': backend }: Facts): ReadonlySet<number> {
  if (!sockets.known || !backend.known) return new Set()
  const ties = backend.value.ties.filter(({ unit }) => unit === target)
  const pids = new Set(ties.flatMap(({ endpoint }) => (endpoint.startsWith('pid:') ? [Number(endpoint.slice(4))] : [])))
  const main = backend.value.units.find(({ id }) => id === target)?.mainPid
  if (main !== undefined && main > 0) pids.add(main)
  return portsHeld(sockets.value.listeners, pids)
}

function portsHeld(
  listeners: readonly { readonly port: number; readonly owners: readonly { readonly pid: number }[] }[],
  pids: ReadonlySet<number>,
): ReadonlySet<number> {
  return new Set(listeners.filter(({ owners }) => owners.some(({ pid }) => pids.has(pid))).map(({ port }) => port))
}

import type { NginxProcesses } from '../probes/nginx-processes.ts'
import type { Event } from '../symptoms/events.ts'

/**
 * A client that can break a line of the log can write whole entries of its own. What it does not know is the pid of a worker: an
 * entry counts for sure when one of nginx's live processes signed one like it.
 */
export function isOwnEntry(event: Event, processes: NginxProcesses): boolean {
  const pids = new Set([...processes.masters, ...processes.workers].map(({ pid }) => pid))
  return event.groups.some(({ line }) => line.pid !== null && pids.has(line.pid))
}

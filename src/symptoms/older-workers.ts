import type { LogGroup } from '../probes/error-log.ts'
import type { Facts } from '../probes/index.ts'
import { agoOf } from './time.ts'

/**
 * Whether these lines were written by workers that had an older configuration and are gone: nginx has loaded its own since, within the second that
 * the stamps of logs leave open. A worker that died is not enough, for the others would be as old as ever.
 */
export function areOfOlderWorkers(
  groups: readonly Pick<LogGroup, 'line'>[],
  lastAgo: number,
  { host, 'nginx-processes': processes }: Facts,
): boolean {
  if (!host.known || !processes.known || processes.value.oldestWorker === null) return false
  const pids = new Set(processes.value.workers.map(({ pid }) => pid))
  return (
    groups.length > 0 &&
    agoOf(processes.value.oldestWorker.startedAt, host.value) < lastAgo + 1 &&
    groups.every(({ line }) => line.pid !== null && line.headTrusted && !pids.has(line.pid))
  )
}

import type { ErrorLogs, LogGroup } from '../probes/error-log.ts'
import type { Host } from '../probes/host.ts'
import { stampAhead } from './time.ts'

/** Seconds by which the newest line of a group is ahead of the host's clock; 0 where log and clock may agree. */
export function aheadBy(group: Pick<LogGroup, 'log' | 'last'>, logs: ErrorLogs, host: Host): number {
  const shift = logs.files.find((file) => file.path === group.log)?.shift ?? 0
  return stampAhead(group.last, shift, host)
}

/** Of each log the group that is furthest ahead of the host's clock. */
export function logsAhead(
  logs: ErrorLogs,
  host: Host,
): readonly { readonly group: LogGroup; readonly ahead: number }[] {
  return logs.files.flatMap(({ path }) => {
    const own = logs.groups
      .filter((group) => group.log === path)
      .map((group) => ({ group, ahead: aheadBy(group, logs, host) }))
      .toSorted((a, b) => b.ahead - a.ahead)
    return own.slice(0, 1).filter(({ ahead }) => ahead > 0)
  })
}

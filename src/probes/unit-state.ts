import { properties } from './lines.ts'

/** What systemd says of one unit. Ages are seconds before the capture, taken from monotonic stamps, so that zone and locale do not matter. */
export interface Unit {
  readonly id: string
  readonly load: string
  readonly active: string
  readonly sub: string
  readonly result: string
  readonly fileState: string
  readonly mainPid: number
  readonly restarts: number
  readonly invocationId: string
  readonly exitCode: number
  /** Seconds since it last changed its state; null when it never did. */
  readonly changedAgo: number | null
  /** Seconds since it last became active; null when it never was in this boot. */
  readonly startedAgo: number | null
  readonly fragment: string
  readonly execStart: string
  readonly triggeredBy: readonly string[]
  readonly canReload: boolean
  /** The unit's file on disk is newer than what systemd has loaded. */
  readonly needsReload: boolean
  readonly journal: readonly string[]
}

/** The properties to ask for, and the name under which "now" comes along: /proc/uptime. */
export const unitProperties =
  'Id,LoadState,ActiveState,SubState,Result,UnitFileState,MainPID,NRestarts,InvocationID,ExecMainStatus,StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic,FragmentPath,ExecStart,TriggeredBy,CanReload,NeedDaemonReload'

/** Reads one unit out of `systemctl show` lines; uptime in seconds. */
export function readUnit(lines: readonly string[], uptime: number, journal: readonly string[]): Unit | null {
  const values = properties(lines)
  const id = values.get('Id')
  if (!id) return null
  const ago = (key: string): number | null => {
    const stamp = Number(values.get(key) ?? 0)
    return stamp > 0 ? Math.max(0, uptime - stamp / 1e6) : null
  }

  return {
    id,
    load: values.get('LoadState') ?? '',
    active: values.get('ActiveState') ?? '',
    sub: values.get('SubState') ?? '',
    result: values.get('Result') ?? '',
    fileState: values.get('UnitFileState') ?? '',
    mainPid: Number(values.get('MainPID') ?? 0),
    restarts: Number(values.get('NRestarts') ?? 0),
    invocationId: values.get('InvocationID') ?? '',
    exitCode: Number(values.get('ExecMainStatus') ?? 0),
    changedAgo: ago('StateChangeTimestampMonotonic'),
    startedAgo: ago('ActiveEnterTimestampMonotonic'),
    fragment: values.get('FragmentPath') ?? '',
    execStart: values.get('ExecStart') ?? '',
    triggeredBy: (values.get('TriggeredBy') ?? '').split(' ').filter(Boolean),
    canReload: values.get('CanReload') === 'yes',
    needsReload: values.get('NeedDaemonReload') === 'yes',
    journal: journal.filter(Boolean),
  }
}

/** Runs in the sense of systemd: active, reloading, or on its way up by hand (not waiting for an automatic restart). */
export function isRunning(unit: Unit): boolean {
  return (
    unit.active === 'active' ||
    unit.active === 'reloading' ||
    (unit.active === 'activating' && unit.sub !== 'auto-restart')
  )
}

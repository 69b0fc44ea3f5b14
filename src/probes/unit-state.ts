import { properties } from './lines.ts'

/** What systemd says of one unit. Times are seconds after boot, from monotonic stamps: zone and locale do not
 * matter, and all probes share that clock, however long after one another they ran (`agoOf` in symptoms/time.ts). */
export interface Unit {
  readonly id: string
  readonly load: string
  /** "simple", "notify", "oneshot"...; empty where it was not asked for. */
  readonly type: string
  readonly active: string
  readonly sub: string
  readonly result: string
  readonly fileState: string
  readonly mainPid: number
  readonly restarts: number
  readonly invocationId: string
  readonly exitCode: number
  /** When it last changed its state, seconds after boot; null when it never did. */
  readonly changedAt: number | null
  /** When it last became active, seconds after boot; null when it never was. */
  readonly startedAt: number | null
  readonly fragment: string
  readonly execStart: string
  readonly triggeredBy: readonly string[]
  readonly canReload: boolean
  /** The unit's file on disk is newer than what systemd has loaded. */
  readonly needsReload: boolean
  readonly journal: readonly string[]
}

/** The properties to ask for. */
export const unitProperties =
  'Id,Type,LoadState,ActiveState,SubState,Result,UnitFileState,MainPID,NRestarts,InvocationID,ExecMainStatus,StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic,FragmentPath,ExecStart,TriggeredBy,CanReload,NeedDaemonReload'

/** Reads one unit out of `systemctl show` lines. */
export function readUnit(lines: readonly string[], journal: readonly string[]): Unit | null {
  const values = properties(lines)
  const id = values.get('Id')
  if (!id) return null
  const at = (key: string): number | null => {
    const stamp = Number(values.get(key) ?? 0)
    return stamp > 0 ? stamp / 1e6 : null
  }

  return {
    id,
    load: values.get('LoadState') ?? '',
    type: values.get('Type') ?? '',
    active: values.get('ActiveState') ?? '',
    sub: values.get('SubState') ?? '',
    result: values.get('Result') ?? '',
    fileState: values.get('UnitFileState') ?? '',
    mainPid: Number(values.get('MainPID') ?? 0),
    restarts: Number(values.get('NRestarts') ?? 0),
    invocationId: values.get('InvocationID') ?? '',
    exitCode: Number(values.get('ExecMainStatus') ?? 0),
    changedAt: at('StateChangeTimestampMonotonic'),
    startedAt: at('ActiveEnterTimestampMonotonic'),
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

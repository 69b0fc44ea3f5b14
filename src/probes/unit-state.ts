import { properties } from './lines.ts'
import { nothingAsked, type Telling } from './unit-telling.ts'
import type { Setting, UnitWork } from './unit-work.ts'

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
  /** How its main process ended last: "exited", "killed" by a signal (`exitCode` is its number), "dumped" core; empty when it did not. */
  readonly exitKind: '' | 'exited' | 'killed' | 'dumped'
  /** When its main process ended last, seconds after boot; null when it never did. */
  readonly exitedAt: number | null
  /** "no", "on-failure", "always"...; empty where it was not asked for. */
  readonly restartPolicy: string
  /** Bytes; null for no limit, and where it was not asked for. */
  readonly memoryMax: number | null
  readonly memoryCurrent: number | null
  /** CPU seconds that it may use in a second; null for no limit. */
  readonly cpuQuota: number | null
  readonly tasksMax: number | null
  readonly tasksCurrent: number | null
  /** Lines of its own logs that say how it fares; asked only for units behind an upstream. */
  readonly telling: Telling
  /** Its processes at work; null where it was not asked for or the answer was cut. */
  readonly work: UnitWork | null
  /** Pool sizes and time limits from its configuration files. */
  readonly settings: readonly Setting[]
}

/** What is read beside systemd's properties. */
export interface UnitDetails {
  readonly journal: readonly string[]
  readonly telling?: Telling
  readonly work?: UnitWork | null
  readonly settings?: readonly Setting[]
}

/** The properties to ask for. */
export const unitProperties =
  'Id,Type,LoadState,ActiveState,SubState,Result,UnitFileState,MainPID,NRestarts,InvocationID,ExecMainStatus,StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic,FragmentPath,ExecStart,TriggeredBy,CanReload,NeedDaemonReload,ExecMainCode,ExecMainExitTimestampMonotonic,Restart,MemoryMax,MemoryCurrent,CPUQuotaPerSecUSec,TasksMax,TasksCurrent'

/** Reads one unit out of `systemctl show` lines. */
export function readUnit(lines: readonly string[], details: UnitDetails): Unit | null {
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
    journal: details.journal.filter(Boolean),
    // CLD_EXITED, CLD_KILLED, CLD_DUMPED of waitid(2)
    exitKind: ({ '1': 'exited', '2': 'killed', '3': 'dumped' } as const)[values.get('ExecMainCode') ?? ''] ?? '',
    exitedAt: at('ExecMainExitTimestampMonotonic'),
    restartPolicy: values.get('Restart') ?? '',
    memoryMax: count(values.get('MemoryMax')),
    memoryCurrent: count(values.get('MemoryCurrent')),
    cpuQuota: spanSeconds(values.get('CPUQuotaPerSecUSec')),
    tasksMax: count(values.get('TasksMax')),
    tasksCurrent: count(values.get('TasksCurrent')),
    telling: details.telling ?? nothingAsked,
    work: details.work ?? null,
    settings: details.settings ?? [],
  }
}

/** null for "infinity", "[not set]" and nothing. */
function count(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,18}$/.test(text) ? Number(text) : null
}

/** systemd prints a span of time as "200ms", "1s", "1.500000s" (time-util.c). */
function spanSeconds(text: string | undefined): number | null {
  const match = /^([\d.]+)(us|ms|s)$/.exec(text ?? '')
  if (!match) return null
  return Number(match[1]) * { us: 1e-6, ms: 1e-3, s: 1 }[match[2] === 'us' ? 'us' : match[2] === 'ms' ? 'ms' : 's']
}

/** Runs in the sense of systemd: active, reloading, or on its way up by hand (not waiting for an automatic restart). */
export function isRunning(unit: Unit): boolean {
  return (
    unit.active === 'active' ||
    unit.active === 'reloading' ||
    (unit.active === 'activating' && unit.sub !== 'auto-restart')
  )
}

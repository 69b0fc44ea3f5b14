import type { Host } from '../../probes/host.ts'
import type { KernelEvent, KernelLog } from '../../probes/kernel-log.ts'
import { victimOf } from '../../probes/kernel-lines.ts'
import { isRunning, type Unit } from '../../probes/unit-state.ts'
import { type TellingLine, tellingOf } from '../../probes/unit-telling.ts'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { isOfThisTime } from '../this-time.ts'

/**
 * How a backend, or a worker of it, came to its end. `oom`: killed for memory, by the kernel or by a guard such as earlyoom. `time-limit`: killed by its own supervisor
 * because it took too long. `signal`: by a signal, of its own making or from outside. `exit`: it ended by itself with an error. `at-start`:
 * the same before it could serve anybody.
 */
export interface Death {
  readonly how: 'oom' | 'time-limit' | 'signal' | 'exit' | 'at-start'
  readonly count: number
  /** Seconds since the epoch; null where no stamp tells. */
  readonly at: number | null
  /** The line that says so, and where it stands: "journal", a file, "kernel", "systemctl show". */
  readonly text: string
  readonly log: string
  /** Somebody sent the signal by systemctl kill. */
  readonly byHand: boolean
}

/** SIGTERM, SIGINT, SIGHUP and SIGQUIT are how a service is told to stop. */
const polite = /status=(?:1\/HUP|2\/INT|3\/QUIT|15\/TERM)|status=1(?:30|43)\/|signal 15 |SIGTERM|SIGINT|SIGQUIT|SIGHUP/

/** The deaths of a unit since the trouble began, the one that explains most first. */
export function deathsOf(unit: Unit, trouble: Trouble, host: Host, kernel: Fact<KernelLog>): readonly Death[] {
  const lines = unit.telling.lines.filter(
    (line) => isOfThisTime(line, trouble, { host }) || (line.at === null && line.log !== 'journal'),
  )
  const recent = { ...unit.telling, lines }
  const byHand = tellingOf(recent, 'signalled').length > 0
  const from = (how: Death['how'], each: readonly TellingLine[]): Death[] =>
    each.map(({ count, at, newest, log }) => ({
      how,
      count,
      at,
      text: newest,
      log,
      byHand: how === 'signal' && byHand,
    }))

  const killed = tellingOf(recent, 'main-killed', 'worker-died').filter(
    (line) => isSignal(line) && !polite.test(line.newest),
  )
  const oom = [
    ...from('oom', tellingOf(recent, 'oom-killed')),
    ...from(
      'oom',
      tellingOf(recent, 'guard-killed').filter((line) => isOwnProcess(line, unit, tellingOf(recent, 'main-killed'))),
    ),
    ...oomState(unit, killed),
    ...(kernel.known ? kernel.value.events.flatMap((event) => oomOf(event, unit, trouble, host)) : []),
  ]
  const limit = from('time-limit', tellingOf(recent, 'worker-timeout', 'watchdog', 'runtime-limit'))
  const broken = [
    ...from('signal', killed),
    ...from('signal', tellingOf(recent, 'segfault')),
    ...crashState(unit),
    ...(kernel.known ? kernel.value.events.flatMap((event) => crashOf(event, unit, trouble, host)) : []),
  ]
  const ended = tellingOf(recent, 'main-exited', 'worker-died').filter((line) => !isSignal(line))
  const atStart = ended.filter((line) => isAtStart(line, unit))
  const exits = from('exit', [...ended.filter((line) => !atStart.includes(line)), ...tellingOf(recent, 'uncaught')])
  return [...oom, ...limit, ...broken, ...exits, ...from('at-start', atStart)]
}

/**
 * gunicorn listens before it loads the application, so that a start that fails closes connections like a crash. It ends with 3 when no worker
 * came up, with 4 when the application could not be loaded (gunicorn/arbiter.py: WORKER_BOOT_ERROR, APP_LOAD_ERROR).
 */
function isAtStart({ newest }: TellingLine, { execStart }: Unit): boolean {
  return /gunicorn/.test(execStart) && /code=exited, status=[34]\/|exited with code [34]\b/.test(newest)
}

function isSignal(line: TellingLine): boolean {
  return line.kind === 'main-killed' || /on signal|was sent SIG|by signal|due to signal|exit signal/.test(line.newest)
}

/** What systemd and the control group keep, whether or not the log can be read. The group counts since the unit was started, so its count says when only together with a worker that was killed just now. */
function oomState(unit: Unit, killed: readonly TellingLine[]): Death[] {
  const kept = { count: 1, at: null, log: 'systemctl show', byHand: false } as const
  if (unit.result === 'oom-kill') return [{ how: 'oom', ...kept, text: 'Result=oom-kill' }]
  const kills = unit.work?.oomKills ?? 0
  return kills > 0 && killed.some((line) => sigkill.test(line.newest))
    ? [{ how: 'oom', ...kept, count: kills, text: `oom_kill ${kills} in memory.events of its control group` }]
    : []
}

/** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS (signal(7)): what a program does to itself. */
const ownSignals = new Set([4, 5, 6, 7, 8, 11, 31])

/** It is down, and systemd remembers that it died of a signal of its own making; no log is needed for that. */
export function crashState(unit: Unit): Death[] {
  if (isRunning(unit) || unit.exitKind === '' || unit.exitKind === 'exited' || !ownSignals.has(unit.exitCode)) return []
  const text = `ExecMainCode=${unit.exitKind} ExecMainStatus=${unit.exitCode} Result=${unit.result}`
  return [{ how: 'signal', count: 1, at: null, text, log: 'systemctl show', byHand: false }]
}

/** Signal 9, in the words of systemd, gunicorn, php-fpm and uWSGI. */
export const sigkill = /9\/KILL|SIGKILL|signal 9\b/

function oomOf(event: KernelEvent, unit: Unit, trouble: Trouble, host: Host): Death[] {
  if (event.kind !== 'oom-kill' || !isSince(event, trouble, host)) return []
  const own = event.lines.find((line) => isOfUnit(line, unit))
  return own === undefined
    ? []
    : [{ how: 'oom', count: event.count, at: atOf(event, host), text: own, log: 'kernel', byHand: false }]
}

function crashOf(event: KernelEvent, unit: Unit, trouble: Trouble, host: Host): Death[] {
  if (event.kind !== 'crash' || !isSince(event, trouble, host)) return []
  const own = event.lines.find((line) => isOfUnit(line, unit))
  return own === undefined
    ? []
    : [{ how: 'signal', count: event.count, at: atOf(event, host), text: own, log: 'kernel', byHand: false }]
}

/** The line names the unit's control group, or a process that the unit's own log or process list has. */
function isOfUnit(line: string, unit: Unit): boolean {
  const victim = victimOf(line)
  if (victim === null) return false
  if (victim.unit !== null) return victim.unit === unit.id
  return isOwnPid(victim.pid, unit)
}

function isOwnPid(number: number, { journal, telling }: Unit): boolean {
  const pid = new RegExp(`(?:\\[|pid:? ?|child )${number}\\b`)
  const own = telling.lines.filter(({ kind }) => kind !== 'guard-killed').map((each) => each.newest)
  return [...journal, ...own].some((line) => pid.test(line))
}

/** A guard in user space ended it before the kernel had to: the process is one of the unit's, or the unit's main process was killed that moment. */
function isOwnProcess({ newest, at }: TellingLine, unit: Unit, killed: readonly TellingLine[]): boolean {
  const number = Number(/ to process (\d{1,10}) /.exec(newest)?.[1] ?? Number.NaN)
  const near = killed.some((line) => at !== null && line.at !== null && Math.abs(line.at - at) <= 2)
  return Number.isInteger(number) && (isOwnPid(number, unit) || near)
}

function isSince(event: KernelEvent, trouble: Trouble, host: Host): boolean {
  return host.uptime - event.lastAt <= (trouble.firstAgo ?? 600) + 90
}

function atOf(event: KernelEvent, host: Host): number {
  return host.epoch - (host.uptime - event.lastAt)
}

/** That no worker died can be said: its journal was read, and every process is older than the first error. */
export function nobodyDied(
  unit: Unit,
  trouble: Trouble,
  host: Host,
): { readonly sure: boolean; readonly because: string } {
  const since = host.uptime - (trouble.firstAgo ?? 0)
  const processes = unit.work?.processes ?? []
  const young = processes.filter(({ startedAt }) => startedAt > since)
  if (processes.length > 0 && young.length === 0 && unit.restarts === 0)
    return { sure: true, because: `all ${processes.length} processes of ${unit.id} are older than the first error` }
  if (unit.telling.unknown === null && young.length === 0)
    return { sure: true, because: `no line of ${unit.telling.read.join(', ')} says that a process of ${unit.id} ended` }
  return {
    sure: false,
    because: unit.telling.unknown ?? `${young.length} processes of ${unit.id} are younger than the first error`,
  }
}

import type { BusyProcess, BusyProcesses } from '../probes/busy-processes.ts'
import type { Pressure } from '../probes/pressure.ts'

/** What a host has too little of, and who uses it. */
export interface Overload {
  readonly of: 'cpu' | 'memory' | 'disk' | 'stolen'
  /** "both CPUs are at work all the time, 92 % of them for ..." */
  readonly words: string
  /** Those that use most of it, without nginx and without those passed over. */
  readonly hogs: readonly BusyProcess[]
}

/** From here on no CPU is idle for long (percent of all of them). */
const BUSY = 90
/** A fair part of all CPUs, so that taking it away would help. */
const SHARE = 0.4
/** What kernel and databases need at the least; below it everything is read from disk again and again (vm/overcommit, psi.rst). */
const SCARCE_MEMORY = 0.04
/** Tasks that stood still for want of it, percent of the last ten seconds (psi.rst, "full"). */
const STALLED = 20

/**
 * Whether the whole host is short of CPU, memory or disk, and who takes it. Processes of the units in `own` are passed over: a
 * backend that works hard at its own requests is slow, the host is not overloaded by somebody else. Units of `victims`, those that are
 * late, are named after whoever else takes a good part.
 */
export function overloadOf(
  pressure: Pressure,
  busy: BusyProcesses,
  cpus: number,
  own: ReadonlySet<string>,
  victims: ReadonlySet<string>,
): Overload | null {
  const others = busy.processes.filter(
    ({ command, unit }) =>
      !command.startsWith('nginx: ') && !isKernelThread(command) && (unit === null || !own.has(unit)),
  )
  // A sample may be as short as a fifth of a second; a load that lasts shows in the kernel's own means as well.
  const crowded = pressure.load1 >= cpus / 2 || (pressure.cpuSome10 ?? 0) >= STALLED
  return (
    shortOfMemory(pressure, others) ??
    (crowded ? shortOfCpu(busy, cpus, others, victims) : null) ??
    shortOfDisk(pressure, busy, others)
  )
}

function shortOfCpu(
  busy: BusyProcesses,
  cpus: number,
  others: readonly BusyProcess[],
  victims: ReadonlySet<string>,
): Overload | null {
  const most = cpus === 1 ? 'the only CPU' : `all ${cpus} CPUs`
  if (busy.stolen >= 25)
    return {
      of: 'stolen',
      words: `the hypervisor gives ${Math.round(busy.stolen)} % of the CPU time to other machines`,
      hogs: [],
    }
  // A host whose CPUs could not be counted: no share of them can be told.
  if (cpus < 1 || busy.busy + busy.stolen < BUSY) return null
  const isVictim = ({ unit }: BusyProcess): boolean => unit !== null && victims.has(unit)
  const hogs = others
    .filter(({ cpu }) => cpu >= 2)
    .toSorted((a, b) => Number(isVictim(a)) - Number(isVictim(b)) || together(b) - together(a) || b.cpu - a.cpu)
  // The list holds the busiest only; what the others of the host use is shared out alike.
  const listed = sumOf(busy.processes)
  const used = listed > 0 ? (busy.seenCpu * sumOf(hogs)) / listed : 0
  if (used < SHARE * 100 * cpus) return null
  return {
    of: 'cpu',
    words: `${most} ${cpus === 1 ? 'is' : 'are'} at work ${Math.round(busy.busy)} % of the time`,
    hogs,
  }

  // Many small ones of one unit, or runs of one program, take more together than the busiest by itself.
  function together({ unit, command }: BusyProcess): number {
    return sumOf(others.filter((each) => (unit === null ? each.command === command : each.unit === unit)))
  }
}

/** kswapd and its like work for somebody else. */
function isKernelThread(command: string): boolean {
  return command.startsWith('[')
}

function sumOf(processes: readonly BusyProcess[]): number {
  return processes.reduce((sum, { cpu }) => sum + cpu, 0)
}

function shortOfMemory(pressure: Pressure, others: readonly BusyProcess[]): Overload | null {
  const { memoryTotalKb, memoryAvailableKb, memoryFull10, swapTotalKb, swapFreeKb } = pressure
  const scarce = memoryTotalKb > 0 && memoryAvailableKb < SCARCE_MEMORY * memoryTotalKb
  const stalled = (memoryFull10 ?? 0) >= STALLED
  if (!scarce && !stalled) return null
  const swap =
    swapTotalKb > 0 ? `, ${Math.round((100 * (swapTotalKb - swapFreeKb)) / swapTotalKb)} % of the swap is used` : ''
  return {
    of: 'memory',
    words: `${Math.round(memoryAvailableKb / 1024)} MB of ${Math.round(memoryTotalKb / 1024)} MB of memory are left${swap}`,
    hogs: others
      .filter(({ memoryKb }) => memoryKb > 0.05 * memoryTotalKb)
      .toSorted((a, b) => b.memoryKb - a.memoryKb)
      .slice(0, 3),
  }
}

function shortOfDisk(pressure: Pressure, busy: BusyProcesses, others: readonly BusyProcess[]): Overload | null {
  const waiting = others.filter(({ state }) => state === 'D')
  if ((pressure.ioFull10 ?? 0) < STALLED || busy.ioWait < 30 || waiting.length === 0) return null
  return {
    of: 'disk',
    words: `the CPUs wait for disks ${Math.round(busy.ioWait)} % of the time, ${busy.waiting} processes with them`,
    hogs: waiting,
  }
}

/** "python3 /opt/report.py of backup (report.service)" */
export function hogWords({ command, user, unit }: BusyProcess): string {
  return `${command.slice(0, 80)} of user ${user}${unit === null ? '' : ` (${unit})`}`
}

import type { BusyProcesses } from '../../probes/busy-processes.ts'
import type { TiedUnit } from '../tied-units.ts'

/**
 * A late backend may stand in line for a CPU that others have: all are at work, its processes get a part that is more than nothing (who waits for
 * something else gets none and wants none) and is not most of what is used, which they would have by their own work alone.
 */
export function mayBeKeptOff(unit: TiedUnit | null, { busy, stolen, processes }: BusyProcesses, cpus: number): boolean {
  if (busy + stolen < FULL) return false
  if (unit === null) return true
  const { id, work } = unit.unit
  const own = processes.reduce((sum, each) => sum + (each.unit === id ? each.cpu : 0), 0)
  if (own >= 0.5 * busy * cpus) return false
  // The sample names the busiest alone; the two looks at the unit tell of all its processes.
  const between = work && work.between > 0 ? work.processes.reduce((sum, { cpu }) => sum + cpu, 0) / work.between : 0
  return Math.max(own, 100 * between) >= IDLE || (work?.processes.some(({ state }) => state === 'R') ?? true)
}

/** Percent of all CPUs: hardly any was idle. */
const FULL = 90
/** Percent of one CPU, a tick or two in a second (USER_HZ, proc(5)): housekeeping of a program that waits. */
const IDLE = 3

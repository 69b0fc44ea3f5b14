import { readFileSync } from 'node:fs'
import { z } from 'zod'

export const processIdentity = z.object({ pid: z.number(), start: z.string() })

/** A process that cannot be mistaken for a later one with the same number: the start time is in clock ticks since boot. */
export type ProcessIdentity = Readonly<z.infer<typeof processIdentity>>

/** Null when no such process runs (a zombie does not run). */
export function identify(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything, so fields are counted after the last bracket: state is 3, starttime 22 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const start = fields[19]
    return fields[0] === 'Z' || start === undefined ? null : { pid, start }
  } catch {
    return null // No such process: the answer, not an error.
  }
}

export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.start === process.start
}

/** Ends a process if it is still the same one. Never fails: it may be gone at any moment. */
export function killIfAlive(target: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(target)) return
  try {
    process.kill(target.pid, signal)
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const own = identify(process.pid)
  if (own === null) throw new Error('cannot read /proc/self/stat')
  return own
}

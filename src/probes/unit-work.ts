import type { Section } from './lines.ts'

export interface UnitProcess {
  readonly pid: number
  readonly parent: number
  /** State letter of proc(5): R running, S sleeping, D waiting for I/O, T stopped. */
  readonly state: string
  /** CPU seconds used between the two looks. */
  readonly cpu: number
  readonly threads: number
  /** Seconds after boot. */
  readonly startedAt: number
  readonly name: string
}

/** A line of a configuration file of the unit that sets a pool size, a time limit or the like. */
export interface Setting {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly value: string
  readonly text: string
}

/** What the processes of a unit do, and what its control group has counted. */
export interface UnitWork {
  readonly processes: readonly UnitProcess[]
  /** Seconds between the two looks at the processes. */
  readonly between: number
  /** nr_periods and nr_throttled of its cpu.stat; null where the kernel shows none for it. */
  readonly throttled: { readonly periods: number; readonly throttled: number } | null
  /** Processes of this control group that the kernel killed for memory since it exists (memory.events); null where it shows none. */
  readonly oomKills: number | null
}

/**
 * Reads `@work UNIT FROM TO` of one unit; null when it was not asked or its end is missing.
 *
 * Sample (systemd 252, cgroup v2):
 *     @work checkout-api.service 312.10 312.55
 *     process 80 43 S 2 9 2.61 gunicorn
 *     count nr_throttled 0
 *     count oom_kill 0
 *     end
 */
export function readWork(part: Section | undefined): UnitWork | null {
  if (!part?.body.includes('end')) return null
  const [, from = 0, to = 0] = part.rest.split(' ').map(Number)
  const counts = new Map<string, number>()
  for (const line of part.body) {
    const match = /^count (\w+) (\d+)$/.exec(line)
    if (match) counts.set(match[1] ?? '', Math.max(counts.get(match[1] ?? '') ?? 0, Number(match[2])))
  }
  const periods = counts.get('nr_periods')
  return {
    processes: part.body.flatMap(readProcess),
    between: Math.max(0, to - from),
    throttled: periods === undefined ? null : { periods, throttled: counts.get('nr_throttled') ?? 0 },
    oomKills: counts.get('oom_kill') ?? null,
  }
}

function readProcess(line: string): UnitProcess[] {
  const match = /^process (\d+) (\d+) (\S) (\d+) (\d+) ([\d.]+) (\S+)$/.exec(line)
  if (!match) return []
  return [
    {
      pid: Number(match[1]),
      parent: Number(match[2]),
      state: match[3] ?? '',
      // Clock ticks of Linux's user interface are hundredths of a second (proc(5), USER_HZ).
      cpu: Number(match[4]) / 100,
      threads: Number(match[5]),
      startedAt: Number(match[6]),
      name: match[7] ?? '',
    },
  ]
}

/** "/etc/php/8.2/fpm/pool.d/www.conf:118:pm.max_children = 5" */
export function readSettings(part: Section | undefined): readonly Setting[] {
  return (part?.body ?? []).flatMap((text): Setting[] => {
    const match = /^([^:]+):(\d+):(\s*([\w.-]+)(?:\s*=\s*|\s+)(.*))$/.exec(text)
    if (!match) return []
    const value = (match[5] ?? '').replace(/\s*[;#].*$/, '').replace(/^(["'])(.*)\1$/, '$2')
    const [, file = '', line, whole = '', name = ''] = match
    return [{ file, line: Number(line), name, value, text: `${file}:${line ?? ''}: ${whole.trim()}` }]
  })
}

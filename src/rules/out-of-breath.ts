import type { View } from '../diagnosis/rule.ts'
import type { Pressure } from '../probes/pressure.ts'
import { cameTooLate } from '../probes/too-late.ts'
import type { Knowledge } from './knowledge.ts'
import { hogWords, overloadOf } from './overload.ts'

type Seen = View<
  Knowledge,
  'place' | 'host',
  'pressure' | 'busy-processes' | 'nginx-processes' | 'nginx-config' | 'error-log' | 'live-requests' | 'sockets'
>

/** Tasks that wait for a CPU nearly all of the time, percent of the last ten seconds (psi.rst, "some"). */
const STARVED = 90

/** So many runnable tasks for each CPU, and where the kernel tells no pressure, that nothing gets to run in time. */
const CROWD = 4

/** The commands that the host had no time for, of those that would have shown what fails. */
export function notAnswered(seen: Seen): readonly string[] {
  const telling =
    seen.place.of === 'backend'
      ? [seen.sockets, seen['busy-processes']]
      : [seen['nginx-processes'], seen['nginx-config'], seen['error-log'], seen['live-requests']]
  return telling.filter(cameTooLate).map(({ source }) => source.command)
}

/**
 * What the host has too little of by what did arrive of it, in words: who takes it where the processes could be sampled, else the load
 * alone. Null where it is not short of anything, as far as that is known.
 */
export function shortageOf(seen: Seen, own: ReadonlySet<string> = new Set()): string | null {
  if (!seen.pressure.known) return null
  const { pressure, 'busy-processes': busy, host } = seen
  const load = loadWords(pressure.value, host.cpus)
  if (!busy.known)
    return load !== null && cameTooLate(busy) ? `${load}; who takes them could not be sampled in time` : null
  const overload = overloadOf(pressure.value, busy.value, host.cpus, own, new Set())
  const [first] = overload?.hogs ?? []
  if (overload) return `${overload.words}${first ? `, most of it by ${hogWords(first)}` : ''}`
  // Who does most of it at its own requests is slow by itself.
  const mine = busy.value.processes.reduce((sum, { unit, cpu }) => sum + (unit !== null && own.has(unit) ? cpu : 0), 0)
  if (mine >= 0.5 * busy.value.busy * host.cpus) return null
  const [most] = busy.value.groups
  return load !== null && most
    ? `${load}; no process that is seen here takes most of them (${most.count} processes "${most.name}" take ${Math.round(most.cpu / host.cpus)} %)`
    : load
}

function loadWords({ load1, cpuSome10 }: Pressure, cpus: number): string | null {
  const starved = cpuSome10 === null ? load1 > 2 * CROWD * cpus : cpuSome10 >= STARVED && load1 > CROWD * cpus
  if (cpus < 1 || !starved) return null
  const waits = cpuSome10 === null ? '' : `, some task waits for a CPU ${Math.round(cpuSome10)} % of the time`
  return `load ${load1} on ${cpus} CPU${cpus === 1 ? '' : 's'}${waits}`
}

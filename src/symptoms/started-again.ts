import type { Facts } from '../probes/index.ts'
import type { Host } from '../probes/host.ts'
import { isRunning, type Unit } from '../probes/unit-state.ts'
import { agoOf, inWords } from './time.ts'

interface Machine {
  readonly host: Facts['host']
  readonly 'backend-units': Facts['backend-units']
}

/** The unit behind the address was started after the last error, and stays: that ended the trouble. null when nothing says so. */
export function startedAgain(address: string | null, lastAgo: number, machine: Machine): string | null {
  const { host } = machine
  const unit = host.known && address !== null ? steadyUnit(address, lastAgo, machine) : null
  // A person started it and its sites answer again: the second that the log's stamps leave open is given.
  return host.known && unit !== null && isLater(unit.startedAt, lastAgo + 1, host.value)
    ? `${unit.id} was started ${inWords(agoOf(unit.startedAt, host.value))} ago, after the last error`
    : null
}

/** The unit behind the address, where it runs and nothing starts it again and again. */
export function steadyUnit(
  address: string,
  lastAgo: number,
  { host, 'backend-units': units }: Machine,
): { readonly id: string; readonly startedAt: number } | null {
  if (!host.known || !units.known) return null
  const tied = new Set(units.value.ties.filter((tie) => tie.endpoint.endsWith(address)).map((tie) => tie.unit))
  const steady = units.value.units.filter(
    (each) => tied.has(each.id) && isRunning(each) && !keepsFailing(each) && !goesInCircles(each, lastAgo, host.value),
  )
  return (
    steady
      .flatMap(({ id, startedAt }) => (startedAt === null ? [] : [{ id, startedAt }]))
      .toSorted((a, b) => b.startedAt - a.startedAt)[0] ?? null
  )
}

/** Surely later: stamps of the log are whole seconds, and so is the clock of the host; what happened within one of them has no order. */
export function isLater(at: number, lastAgo: number, host: Host): boolean {
  return host.uptime - at < lastAgo
}

/** systemd has started it again by itself: what ended it is still there. The count begins anew when a person starts it. */
function keepsFailing(unit: Unit): boolean {
  return unit.restarts > 0
}

/**
 * Something starts it over and over (a script, a tool that manages the host): it was started three times or more at a pace by which the
 * next time is due, and the pace is even, or errors came after an earlier start. One start more ends nothing then.
 */
function goesInCircles(unit: Unit, lastAgo: number, host: Host): boolean {
  const agos = unit.journal.flatMap((line) => startAgo(line, host) ?? [])
  const [oldest] = agos
  const newest = agos.at(-1)
  if (oldest === undefined || newest === undefined || agos.length < 3) return false
  const pace = (oldest - newest) / (agos.length - 1)
  const gaps = agos.slice(1).map((ago, index) => (agos[index] ?? ago) - ago)
  const even = Math.max(...gaps) - Math.min(...gaps) <= STAMP_SECONDS
  return newest <= 2 * pace + PROBE_SECONDS && (even || agos.some((ago) => lastAgo < ago - 1))
}

/** What whole seconds of two stamps leave open. */
const STAMP_SECONDS = 2

/** Between the clock of the host, which is read first, and the journal of its units. */
const PROBE_SECONDS = 3

/** How long ago systemd wrote "2026-11-21T03:04:01+0100 web-1 systemd[1]: Started ..." (journalctl -o short-iso). */
function startAgo(line: string, host: Host): number | null {
  const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d) \S+ systemd\[1\]: Started /.exec(line)
  if (!stamp) return null
  const at = Date.parse(`${stamp[1] ?? ''}${stamp[2] ?? ''}:${stamp[3] ?? ''}`)
  return Number.isNaN(at) ? null : host.epoch - at / 1000
}

import type { Unit } from '../../probes/unit-state.ts'
import type { Watch } from '../../probes/watch.ts'
import type { Late } from './lateness.ts'

/** What is the matter, of the causes that make a backend late. */
export type Verdict = 'hung' | 'saturated' | 'slow' | 'timeout-too-low' | 'unclear'

/** An answer that takes longer is slow for a web request, whatever the time-out says. */
export const slowSeconds = 5
/** One that takes less is a usual one. Between the two nobody can tell without knowing the application. */
export const usualSeconds = 3.5

export function verdictOn(late: Late): Verdict {
  const { finishes, took, limit, trouble } = late
  if (isHeldByStreams(late)) return 'saturated'
  if (isHung(late)) return 'hung'
  if (late.upgraded) return !late.silent && limit.seconds < pingSeconds ? 'timeout-too-low' : 'unclear'
  // Whether the pool is full or nobody in it will ever be done, only a request that is done can tell.
  if (isCrowded(late)) return finishes === true ? 'saturated' : 'unclear'
  if (trouble.kind === 'queue-full') return finishes === true ? 'saturated' : 'unclear'
  if (took === null || trouble.kind === 'connect-timeout') return 'unclear'
  if (took.least && finishes !== true) return 'unclear'
  if (took.seconds >= slowSeconds) return 'slow'
  // What was given up, or was not seen to end, may take any time longer; what ends well within the limit is not what was cut off.
  if (took.least || took.seconds < 0.8 * limit.seconds) return 'unclear'
  return took.seconds < usualSeconds && limit.seconds <= lowLimit ? 'timeout-too-low' : 'unclear'
}

/** Half of nginx's default: somebody wanted it shorter. */
export const lowLimit = 30

/** Libraries send a sign of life on a websocket every 15 s (SignalR) to 30 s; a limit below that cuts off everybody, one above it the dead alone. */
const pingSeconds = 15

/** More requests than workers: in the accept queue, in front of a pool of known size, or by the backend's own words. */
export function isCrowded({ queue, pool, watch, poolFull, took, limit }: Late): boolean {
  if (queue?.full === true || queue?.lasting === true) return true
  if (pool !== null && watch !== null && watch.waiting > pool.size) return true
  return poolFull !== null && (took === null || took.least || took.seconds >= limit.seconds)
}

/** Every worker sends an answer that does not end (events, long polls with a heartbeat, downloads over slow lines), and others wait for one. */
export function isHeldByStreams({ pool, watch }: Late): boolean {
  return pool !== null && watch !== null && watch.streams >= pool.size && watch.waiting > 0
}

/** Of a pool whose size is not known. */
const FEW_WORKERS = 4

/** Whatever the limit: no request takes that long that anybody still waits for. */
const AGES_SECONDS = 150
const LONG_SECONDS = 30

/** Accepts and answers nothing: its processes are stopped, or nothing at all has been answered for much longer than anybody would wait. */
function isHung(late: Late): boolean {
  const { silent, finishes, stuck, watch, trouble, limit, queue } = late
  // Behind a full queue nginx is refused at once, and nobody waits for a byte.
  const blocked = queue !== null && queue.full && queue.lasting
  if (finishes === true || !(silent || blocked)) return false
  // Who sends is not stuck.
  if (watch !== null && watch.streams > 0) return false
  if (stuck.some(({ state }) => /[Tt]/.test(state))) return true
  if (watch === null || watch.waiting === 0 || mayQueue(late, watch)) return false
  // Of a unix socket nobody sees what is sent: as many visitors as it has workers get answers without end, from it perhaps.
  if (watch.sentTo >= (late.pool?.size ?? FEW_WORKERS)) return false
  const { oldest, waiting, queueLeast } = watch
  // Every request that failed since it began is still there: not one has been answered.
  const all = trouble.count > 0 && waiting + queueLeast >= trouble.count
  const age = all ? Math.max(oldest, (trouble.firstAgo ?? 0) + limit.seconds) : oldest
  return age >= (all ? Math.max(LONG_SECONDS, 3 * limit.seconds) : Math.max(AGES_SECONDS, 4 * limit.seconds))
}

/**
 * Behind busy workers a request grows old without anybody being stuck, and workers that take long finish none while we look; how many
 * workers there are may not be known. Only when the first requests that failed are themselves still there was nobody served: of a unix
 * socket their age is not known, and where more come in two seconds than there are workers (stamps are whole seconds) the first ones
 * cannot be told from those behind them, which matters until that has gone on for ages. A server with a thread for each of them has none behind.
 */
function mayQueue({ address, pool, trouble, unit }: Late, { waiting, queueLeast, oldest }: Watch): boolean {
  if (queueLeast === 0 && pool !== null && waiting <= pool.size) return false
  if (queueLeast === 0 && hasThreadEach(unit?.unit ?? null, waiting)) return false
  const sinceFirst = trouble.firstAgo ?? Infinity
  const firstIsThere = address.startsWith('unix:') || oldest >= sinceFirst
  const manyCome = (2 * trouble.count) / Math.max(1, sinceFirst) > (pool?.size ?? 1)
  return !firstIsThere || (manyCome && oldest < AGES_SECONDS)
}

/** As many threads as requests, and hardly one more, in a process: it starts one for each. Node.js has eleven by itself and works in one. */
function hasThreadEach(unit: Unit | null, waiting: number): boolean {
  const processes = unit?.work?.processes ?? []
  return processes.some(
    ({ threads, name }) => name !== 'node' && threads > waiting && threads <= waiting + MAIN_THREADS,
  )
}

const MAIN_THREADS = 3

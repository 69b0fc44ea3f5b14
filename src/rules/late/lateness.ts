import type { View } from '../../diagnosis/rule.ts'
import { endpointsOf } from '../../nginx/config-endpoints.ts'
import { hasConnected, type LiveAnswer, type LiveRequests } from '../../probes/live-requests.ts'
import { isRunning } from '../../probes/unit-state.ts'
import { type TellingLine, tellingOf } from '../../probes/unit-telling.ts'
import type { UnitProcess } from '../../probes/unit-work.ts'
import type { Watch } from '../../probes/watch.ts'
import { endpointsBehind } from '../../symptoms/endpoints-behind.ts'
import { failingUse, isOfUse } from '../../symptoms/failing-use.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import type { Knowledge } from '../knowledge.ts'
import { isFull, listenersAt } from '../listening.ts'
import { type TiedUnit, tiedUnits } from '../tied-units.ts'
import { isOfThisTime } from '../this-time.ts'
import { type PoolSize, poolSizeOf } from './pool-size.ts'
import { type TimeLimit, timeLimitOf } from './time-limit.ts'

export type LateSeen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config',
  'sockets' | 'unix-sockets' | 'backend-units' | 'pressure' | 'busy-processes' | 'error-log'
>

/** What is known of a backend that is late, for all the rules that could explain it: each of them reads the same. */
export interface Late {
  readonly trouble: Trouble
  readonly address: string
  readonly limit: TimeLimit
  /** The request straight to it; null where its protocol has none, or none was made. */
  readonly direct: LiveAnswer | null
  /** It was asked straight, or nginx's own request reached it, and it gave no byte within our limit. */
  readonly silent: boolean
  /** How long an answer takes; `least` when it was not seen to end. null when nothing tells. */
  readonly took: { readonly seconds: number; readonly least: boolean } | null
  readonly watch: Watch | null
  /** Some request was answered while we looked; null when nothing tells. */
  readonly finishes: boolean | null
  /** Its accept queue: full, or with somebody in it all the time; null when it was not seen. */
  readonly queue: Queue | null
  readonly pool: PoolSize | null
  /** Lines of its own that its pool is full, of the time of the trouble. */
  readonly poolFull: TellingLine | null
  /** All of its lines are about connections that were upgraded (websockets), where nobody waits for an answer. */
  readonly upgraded: boolean
  readonly unit: TiedUnit | null
  /** Processes of the unit that a signal or a debugger stopped, or that wait for I/O without end. */
  readonly stuck: readonly UnitProcess[]
}

export interface Queue {
  readonly full: boolean
  readonly lasting: boolean
  readonly text: string
}

/** Reads all of it for one trouble; null when its address is nobody's in the configuration. */
export function latenessOf(trouble: Trouble, seen: LateSeen, live: LiveRequests | null): Late | null {
  const { address } = trouble
  if (address === null || trouble.endpoints.length === 0) return null
  const limit = timeLimitOf(trouble)
  const use = failingUse(trouble)
  const isThere = (answer: LiveAnswer): boolean => use === null || isOfUse(use, answer)
  const straight = live?.answers.filter((answer) => answer.way === 'direct' && answer.endpoint === address) ?? []
  const direct = straight.find(isThere) ?? null
  const watch = live?.watches.find((each) => each.endpoint === address) ?? null
  const tied = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value) : []
  const unit = tied.find((each) => isRunning(each.unit)) ?? null
  const through = answersOnlyFrom(address, trouble, seen)
  const answers = [...straight, ...through].filter(({ status }) => status !== null && status < 500)
  // What it answers in another location tells that it lives, and nothing of how long these requests take.
  const answered = answers.find(isThere) ?? null
  const lives = answered ?? answers[0] ?? null
  const queue = queueOf(address, watch, seen)
  const pool = unit && poolSizeOf(unit.unit, address)
  const silent =
    direct === null
      ? lives === null && through.some((answer) => answer.status === 504 || answer.exitCode === 28)
      : direct.exitCode === 28 && hasConnected(direct)
  return {
    trouble,
    address,
    limit,
    direct,
    silent,
    took: tookOf(direct, answered, watch, mayBeDropped(trouble) ? limit.seconds : 0),
    watch,
    finishes: finishesOf(lives, direct, watch),
    queue,
    pool,
    poolFull:
      unit && !hadRoom(watch, queue, pool)
        ? (tellingOf(unit.unit.telling, 'pool-full').find((line) => isOfThisTime(line, trouble, seen)) ?? null)
        : null,
    upgraded:
      trouble.groups.length > 0 && trouble.groups.every(({ line }) => line.phase === 'proxying upgraded connection'),
    unit,
    stuck: unit?.unit.work?.processes.filter(({ state }) => /[TtD]/.test(state)) ?? [],
  }
}

/** Somebody waits at its socket, for workers that were not seen to finish anything: then it does not, as long as we looked. */
function finishesOf(answered: LiveAnswer | null, direct: LiveAnswer | null, watch: Watch | null): boolean | null {
  if (answered !== null || (direct !== null && direct.status !== null) || (watch?.finished ?? 0) > 0) return true
  return watch !== null && (watch.started > 0 || watch.queueLeast > 0) ? false : null
}

/** Requests through nginx that no other backend can have answered. */
function answersOnlyFrom(address: string, trouble: Trouble, seen: LateSeen): readonly LiveAnswer[] {
  const endpoints = endpointsOf(seen['nginx-config'].model)
  return trouble.live.filter((answer) => {
    if (answer.way !== 'nginx') return false
    const behind = endpointsBehind(answer, endpoints)
    return behind.length === 1 && behind[0]?.address === address
  })
}

function tookOf(
  direct: LiveAnswer | null,
  answered: LiveAnswer | null,
  watch: Watch | null,
  dropped: number,
): Late['took'] {
  if (direct !== null && direct.status !== null) return { seconds: direct.totalSeconds, least: false }
  // Ours was given up early where time was short; others were seen to take longer.
  const finished = watch !== null && watch.finished > 0 ? watch.slowestSeconds : 0
  if (direct !== null && (!hasConnected(direct) || finished <= direct.totalSeconds))
    return hasConnected(direct) ? { seconds: direct.totalSeconds, least: true } : null
  // What ends just when nginx gives it up may have been dropped; what goes on longer was not.
  if (finished > 0) return { seconds: finished, least: finished >= 0.8 * dropped && finished <= dropped }
  if (answered !== null) return { seconds: answered.totalSeconds, least: false }
  return watch !== null && watch.waiting > 0 ? { seconds: watch.oldest, least: true } : null
}

/** Node.js and other servers of HTTP notice that nginx has gone, and let the request go; workers of FastCGI and uwsgi work on. */
function mayBeDropped({ endpoints }: Trouble): boolean {
  return endpoints.some(({ usedBy }) => usedBy.some(({ pass }) => pass.protocol === 'proxy'))
}

/** Never more requests than workers while it was watched, and nobody in its queue: that its pool was full is the word of another moment. */
function hadRoom(watch: Watch | null, queue: Queue | null, pool: PoolSize | null): boolean {
  return (
    watch !== null &&
    watch.started > 0 &&
    watch.started <= (pool?.size ?? 1) &&
    watch.queueMost === 0 &&
    queue?.full === false
  )
}

function queueOf(address: string, watch: Watch | null, seen: LateSeen): Queue | null {
  const unix = seen['unix-sockets'].known
    ? seen['unix-sockets'].value.listeners.filter((each) => `unix:${each.path}` === address)
    : []
  const tcp = seen.sockets.known ? listenersAt(address, seen.sockets.value) : []
  const listener = [...tcp, ...unix][0]
  if ((!listener || listener.sendQ === null) && !watch) return null
  const most = Math.max(listener?.recvQ ?? 0, watch?.queueMost ?? 0)
  const size = watch?.backlog ?? listener?.sendQ ?? 0
  // At two looks some seconds apart somebody stood in it, and at every look between.
  const lasting = watch !== null && watch.seconds >= 2 && watch.queueLeast > 0
  const full = (listener !== undefined && isFull(listener)) || isFull({ recvQ: most, sendQ: size })
  return { full, lasting, text: `Recv-Q ${lasting ? `${watch.queueLeast} to ` : ''}${most} of ${size}` }
}

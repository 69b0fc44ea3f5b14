import type { Evidence } from '../../diagnosis/diagnosis.ts'
import type { Pressure } from '../../probes/pressure.ts'
import type { Claim, LookAlike } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import type { Watch } from '../../probes/watch.ts'
import { isLocal } from '../../symptoms/address.ts'
import { liveEvidence, seenBy } from '../knowledge.ts'
import { mayBeKeptOff } from './kept-off.ts'
import type { Late, LateSeen } from './lateness.ts'
import { isCrowded, isHeldByStreams, lowLimit, usualSeconds } from './verdict.ts'

/** backend-hung, for a backend that is said to be late in another way. */
export function hungAlike({ finishes, direct, watch, address }: Late): LookAlike {
  if (direct !== null && direct.status !== null)
    return ruledOut('backend-hung', `it does answer, ${direct.totalSeconds.toFixed(1)} s after it was asked`)
  if (watch !== null && watch.finished > 0)
    return ruledOut(
      'backend-hung',
      `${watch.finished} requests were finished while it was watched for ${watch.seconds} s`,
    )
  if (watch !== null && watch.streams > 0)
    return ruledOut('backend-hung', `it goes on sending on ${watch.streams} connections`)
  return finishes === true
    ? ruledOut('backend-hung', `${address} still answers`)
    : notJudged('backend-hung', 'no request to it was seen to finish')
}

export function saturatedAlike(late: Late): LookAlike {
  const { queue, pool, watch, address, finishes } = late
  if (isCrowded(late))
    return finishes === false && !isHeldByStreams(late) && (watch?.streams ?? 0) === 0
      ? ruledOut('backend-saturated', 'nothing finishes, so a larger pool would fill as well')
      : notJudged('backend-saturated', `more requests than workers (${queue?.text ?? 'by its own log'})`)
  if (queue === null) return notJudged('backend-saturated', `the accept queue of ${address} was not seen`)
  if (isUnseenCrowd(late))
    return notJudged(
      'backend-saturated',
      `${watch?.waiting ?? 0} requests wait inside it, and how many it works on at a time is not known`,
    )
  const room = pool !== null && watch !== null ? `, ${watch.waiting} requests for ${pool.size} workers` : ''
  return ruledOut('backend-saturated', `its accept queue is not full: ${queue.text}${room}`)
}

export function slowAlike(late: Late): LookAlike {
  const { took, stuck, finishes, watch, queue } = late
  const stopped = stuck.filter(({ state }) => /[Tt]/.test(state))
  if (stopped.length > 0 && finishes !== true)
    return ruledOut(
      'backend-slow',
      `processes that are stopped do no work: ${stopped.map(({ pid }) => pid).join(', ')}`,
    )
  if (isCrowded(late) && queue !== null && finishes === true)
    return ruledOut('backend-slow', `requests wait for a worker before anybody works on them (${queue.text})`)
  if (took !== null && !took.least && took.seconds < usualSeconds)
    return ruledOut('backend-slow', `it answers within ${took.seconds.toFixed(1)} s`)
  const oldest = watch === null ? '' : `; the oldest request waits ${watch.oldest.toFixed(0)} s`
  return notJudged('backend-slow', `an answer that comes very late cannot be told from none${oldest}`)
}

export function timeoutAlike({ limit, took }: Late): LookAlike {
  if (limit.seconds > lowLimit) return ruledOut('timeout-too-low', `nginx waits ${limit.seconds} s`)
  return took !== null && took.seconds >= usualSeconds
    ? ruledOut(
        'timeout-too-low',
        `an answer takes ${took.seconds.toFixed(1)} s${took.least ? ' or more' : ''}, which is slow by itself`,
      )
    : notJudged('timeout-too-low', `nginx waits ${limit.seconds} s only`)
}

export function overloadAlike(seen: LateSeen): LookAlike {
  if (!seen.pressure.known) return notJudged('host-overloaded', 'load and memory are not known')
  const pressure = seen.pressure.value
  const load = `load ${pressure.load1} on ${seen.host.cpus || 'an unknown number of'} CPUs`
  const short = isShort(pressure)
  // The load is a mean of minutes and knows nothing of a job that began just now; PSI does (Documentation/accounting/psi.rst).
  const waits = pressure.cpuSome10
  const busy = (pressure.load1 > 2 * Math.max(1, seen.host.cpus) && (waits ?? 100) > 20) || (waits ?? 0) > 60
  return busy || short
    ? notJudged(
        'host-overloaded',
        `${load}${(waits ?? 0) > 60 ? `, some task waits for a CPU ${waits} % of the time` : ''}${short ? ', hardly any memory left' : ''}`,
      )
    : ruledOut('host-overloaded', load)
}

/**
 * On a host that may be overloaded everything is late: nobody can say more than that a backend's lateness fits, unless the sample of the
 * processes shows that it is none of the others who keep it from its work. Who they are is for the rule of host-overloaded to say.
 */
export function doubtedByLoad(late: Late, seen: LateSeen): Pick<Claim, 'atMost'> {
  // What is short on a machine that was not asked, nobody knows.
  if (!isLocal(late.address, seen.host.addresses)) return { atMost: 'possible' }
  const { pressure, 'busy-processes': processes } = seen
  // Without the log only the sites that were asked just now are seen to be late: others beside them tell overload from one slow backend.
  const judged =
    pressure.known &&
    processes.known &&
    seen['error-log'].known &&
    seen.host.cpus > 0 &&
    !isShort(pressure.value) &&
    !mayBeKeptOff(late.unit, processes.value, seen.host.cpus)
  const open = !overloadAlike(seen).out && !judged
  return open ? { atMost: 'possible' } : {}
}

function isShort({ memoryTotalKb, memoryAvailableKb }: Pressure): boolean {
  return memoryTotalKb > 0 && memoryAvailableKb < 0.05 * memoryTotalKb
}

/** A server that accepts everybody (Apache's event MPM, gunicorn's threads) keeps its queue inside, where only its settings tell of it. */
export function isUnseenCrowd({ unit, pool, watch }: Late): boolean {
  return unit === null && pool === null && watch !== null && watch.waiting > fewWaiting
}

/** As many as a pool of the smallest usual size has workers: php-fpm's pm.max_children of 5 on Debian, gunicorn's advice of 2 x CPUs + 1. */
const fewWaiting = 5

/** What was measured, as evidence. */
export function lateEvidence({ direct, watch, unit, limit, trouble, poolFull }: Late): readonly Evidence[] {
  const own = unit?.unit.telling.lines.at(-1) ?? null
  return [
    seenBy('nginx-config', 'nginx -T', limit.text),
    ...(direct !== null && !trouble.live.slice(0, 2).includes(direct) ? [liveEvidence(direct)] : []),
    ...(watch !== null
      ? [
          seenBy(
            watch.by ?? 'live-requests',
            `ss -tina '( sport = ${watch.endpoint} )'   # ${watch.seconds} s`,
            watchWords(watch),
          ),
        ]
      : []),
    ...(poolFull !== null
      ? [seenBy('backend-units', logCommand(unit?.unit.id ?? '', poolFull.log), poolFull.newest)]
      : []),
    ...(poolFull === null && own !== null && unit !== null
      ? [seenBy('backend-units', logCommand(unit.unit.id, own.log), own.newest)]
      : []),
  ]
}

export function logCommand(unit: string, log: string): string {
  if (log.startsWith('journal of ')) return `journalctl -u ${log.slice('journal of '.length)}`
  return log === 'journal' ? `journalctl -u ${unit}` : `tail ${log}`
}

function watchWords({
  started,
  finished,
  waiting,
  oldest,
  slowestSeconds,
  queueLeast,
  queueMost,
  backlog,
  streams,
}: Watch): string {
  return [
    `${started} requests waited, ${finished} were finished${finished > 0 ? ` (the slowest after ${slowestSeconds.toFixed(1)} s)` : ''}`,
    `${waiting} still wait${waiting > 0 ? `, the oldest for ${oldest.toFixed(1)} s` : ''}`,
    `accept queue ${queueLeast} to ${queueMost} of ${backlog}`,
    ...(streams > 0 ? [`${streams} connections on which it goes on sending`] : []),
  ].join('; ')
}

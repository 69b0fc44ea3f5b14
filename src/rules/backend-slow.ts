import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce } from '../nginx/config-scope.ts'
import { seconds } from '../nginx/time.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Pressure } from '../probes/pressure.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isFull, listenersAt } from './listening.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'sockets' | 'nginx-config' | 'live-requests',
  'backend-units' | 'unix-sockets' | 'pressure'
>

/** An answer that takes longer is slow for a web request, whatever the time-out says. */
const SLOW_SECONDS = 3

/** nginx's own default of proxy_read_timeout and its kin (ngx_http_proxy_module). */
const DEFAULT_TIMEOUT = 60

/**
 * Cause: the backend accepts and works, but answers later than the time-out.
 * Tell-tale: timed out while reading the response header (or sending, or reading), and a request straight to the backend is slow as well.
 * Look-alikes: backend-hung (nothing is ever answered), backend-saturated (its accept queue is full), timeout-too-low (it answers in
 * normal time and the time-out is shorter), host-overloaded (everything is slow).
 */
export const backendSlow = defineRule({
  id: 'backend-slow',
  needs: ['troubles', 'host', 'sockets', 'nginx-config', 'live-requests'],
  settles: ['backend-units', 'unix-sockets', 'pressure'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'answer-timeout' || address === null || trouble.endpoints.length === 0) return []
  const direct = seen['live-requests'].answers.find((answer) => answer.way === 'direct' && answer.endpoint === address)
  const slow = direct !== undefined && isSlow(direct)
  if (!slow || stoppedProcesses(address, seen)) return []
  return [claimOf(trouble, address, direct, seen)]
}

/** It was connected and answered late, or not within our own limit. */
function isSlow(answer: LiveAnswer): boolean {
  if (answer.status !== null) return answer.totalSeconds >= SLOW_SECONDS
  return answer.exitCode === 28 && answer.totalSeconds > SLOW_SECONDS
}

function stoppedProcesses(address: string, seen: Seen): boolean {
  const units = seen['backend-units']
  if (!units.known) return false
  return tiedUnits(address, units.value).some(({ unit }) => /T|D/.test(units.value.processStates.get(unit.id) ?? ''))
}

function claimOf(trouble: Trouble, address: string, direct: LiveAnswer, seen: Seen): Claim {
  const tied = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value)[0] : undefined
  const limit = timeoutOf(trouble)
  const place = trouble.endpoints[0]
  const time =
    direct.status === null
      ? `not answered within ${direct.totalSeconds.toFixed(0)} s`
      : `answered after ${direct.totalSeconds.toFixed(1)} s`
  return {
    summary: `${tied?.unit.id ?? `the backend at ${address}`} answers too late: a request straight to it is ${time}, nginx waits ${limit.value} s`,
    subject: {
      upstream: address,
      ...(tied && { unit: tied.unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', limit.text),
      ...(tied && tied.unit.journal.length > 0
        ? [seenBy('backend-units', `journalctl -u ${tied.unit.id}`, tied.unit.journal.slice(-4).join('\n'))]
        : []),
    ],
    unlike: [
      hungAlike(trouble, direct, seen),
      saturatedAlike(address, seen),
      timeoutAlike(limit, direct),
      overloadAlike(seen.pressure.known ? seen.pressure.value : null, seen.host.cpus),
    ],
    steps: [
      `find what holds the slow requests: journalctl -u ${tied?.unit.id ?? 'THE-BACKEND'} -n 100, its slow log, its database`,
      `raise the time-out only if these requests are meant to take that long (${limit.text})`,
    ],
  }
}

/** A backend that finishes any request is not hung: it answered us, or nginx logged a good answer of it meanwhile. */
function hungAlike(trouble: Trouble, direct: LiveAnswer, seen: Seen): LookAlike {
  if (direct.status !== null)
    return ruledOut('backend-hung', `it does answer, ${direct.totalSeconds.toFixed(1)} s after it was asked`)
  const other = seen['live-requests'].answers.find(
    (answer) =>
      answer.way === 'nginx' && trouble.live.includes(answer) && answer.status !== null && answer.status < 500,
  )
  if (other) return ruledOut('backend-hung', `it still answers ${other.host}${other.path}`)
  return notJudged('backend-hung', 'no request to it was seen to finish')
}

function saturatedAlike(address: string, seen: Seen): LookAlike {
  const unix = seen['unix-sockets'].known
    ? seen['unix-sockets'].value.listeners.filter((each) => `unix:${each.path}` === address)
    : []
  const listener = [...listenersAt(address, seen.sockets), ...unix][0]
  if (!listener) return notJudged('backend-saturated', `the accept queue of ${address} was not seen`)
  return isFull(listener)
    ? notJudged('backend-saturated', `its accept queue is full: ${listener.recvQ} of ${listener.sendQ}`)
    : ruledOut('backend-saturated', `its accept queue is not full: ${listener.recvQ} of ${listener.sendQ}`)
}

interface Limit {
  readonly value: number
  readonly text: string
}

/** The read time-out in force where the trouble is: "proxy_read_timeout 5s (/etc/nginx/conf.d/shop.conf:14)". */
function timeoutOf(trouble: Trouble): Limit {
  const pass = trouble.endpoints[0]?.usedBy[0]?.pass
  const name = `${pass?.protocol ?? 'proxy'}_read_timeout`
  const directive = pass && inForce(pass.scope, name)
  const value = directive ? (seconds(directive.args[0] ?? '') ?? DEFAULT_TIMEOUT) : DEFAULT_TIMEOUT
  const text =
    directive?.file != null
      ? `${directive.file}:${directive.line}: ${name} ${directive.value};`
      : `${name} is not set: ${DEFAULT_TIMEOUT} s`
  return { value, text }
}

function timeoutAlike(limit: Limit, direct: LiveAnswer): LookAlike {
  if (limit.value >= DEFAULT_TIMEOUT / 2) return ruledOut('timeout-too-low', `nginx waits ${limit.value} s`)
  if (direct.totalSeconds >= SLOW_SECONDS)
    return ruledOut(
      'timeout-too-low',
      `a request straight to it takes ${direct.totalSeconds.toFixed(1)} s or more, which is slow by itself`,
    )
  return notJudged('timeout-too-low', `nginx waits ${limit.value} s only`)
}

function overloadAlike(pressure: Pressure | null, cpus: number): LookAlike {
  if (!pressure) return notJudged('host-overloaded', 'load and memory are not known')
  const load = `load ${pressure.load1} on ${cpus} CPUs`
  const short = pressure.memoryTotalKb > 0 && pressure.memoryAvailableKb < 0.05 * pressure.memoryTotalKb
  const busy = pressure.load1 > 2 * Math.max(1, cpus) && (pressure.cpuSome10 ?? 100) > 20
  return busy || short
    ? notJudged('host-overloaded', `${load}${short ? ', hardly any memory left' : ''}`)
    : ruledOut('host-overloaded', load)
}

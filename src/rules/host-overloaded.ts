import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { BusyProcess, BusyProcesses } from '../probes/busy-processes.ts'
import type { Pressure } from '../probes/pressure.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { backendUnitOf } from './answered-by.ts'
import { clientEvidence, clientSteps } from './busiest-clients.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence } from './knowledge.ts'
import { listenersAt } from './listening.ts'
import { mayBeKeptOff } from './late/kept-off.ts'
import { notAnswered, shortageOf } from './out-of-breath.ts'
import { hogWords, type Overload, overloadOf } from './overload.ts'

type Seen = View<
  Knowledge,
  'place' | 'host',
  | 'troubles'
  | 'pressure'
  | 'busy-processes'
  | 'backend-units'
  | 'live-requests'
  | 'nginx-processes'
  | 'nginx-config'
  | 'error-log'
  | 'access-log'
  | 'sockets'
>

/** Load and a sample of the processes, where both are known. */
interface Sample {
  readonly pressure: Pressure
  readonly busy: BusyProcesses
}

/** An answer that nobody has to compute comes in a fraction of this, on an idle host. */
const LATE_SECONDS = 1

/**
 * Cause: somebody else on the host takes the CPU, the memory or the disk, and everything is late.
 * Tell-tale: no CPU is idle (or hardly any memory is left, or the disks are what all wait for), the processes that use it, and time-outs
 * at more than one upstream.
 * Look-alike: backend-slow (one backend only, by itself).
 */
export const hostOverloaded = defineRule({
  id: 'host-overloaded',
  needs: ['place', 'host'],
  settles: [
    'troubles',
    'pressure',
    'busy-processes',
    'backend-units',
    'live-requests',
    'nginx-processes',
    'nginx-config',
    'error-log',
    'access-log',
    'sockets',
  ],
  atBackend: true,
  judge: (seen) => {
    const troubles = seen.troubles.known ? seen.troubles.value : []
    const late = troubles.filter((trouble) => isLate(trouble, seen))
    const [most] = late.toSorted((a, b) => b.count - a.count)
    // The processes are sampled only where somebody waits in vain or the load is high.
    if (!most || !seen.pressure.known || !seen['busy-processes'].known) return outOfBreath(most, seen)
    const sample = { pressure: seen.pressure.value, busy: seen['busy-processes'].value }
    const units = unitsOf(late, seen)
    // The unit behind the only upstream in trouble works at its own requests; where several are late, whoever takes the CPU takes it from others.
    const own = units.size <= 1 ? units : new Set<string>()
    const overload = overloadOf(sample.pressure, sample.busy, seen.host.cpus, own, units)
    if (overload) return [claimOf(most, late, overload, sample, seen)]
    // Who takes them is not seen; that somebody does explains those alone that want more of them.
    const kept = late.some((trouble) =>
      mayBeKeptOff(backendUnitOf(trouble, seen['backend-units']), sample.busy, seen.host.cpus),
    )
    return kept ? outOfBreath(most, seen, own) : []
  },
})

/**
 * The host had no time to tell what fails, or who takes it, or those who do are not seen from here: that it is overloaded is then what is
 * known, and may be all of it. Units of `own` are passed over, as above.
 */
function outOfBreath(most: Trouble | undefined, seen: Seen, own: ReadonlySet<string> = new Set()): readonly Claim[] {
  const missed = notAnswered(seen)
  const shortage = most || missed.length > 0 ? shortageOf(seen, own) : null
  if (shortage === null) return []
  const not = missed.length > 0 ? `; so busy that these did not end in time: ${missed.join(', ')}` : ''
  const late = most ? `; requests to ${most.address ?? most.upstream ?? ''} time out` : ''
  const sample = seen['busy-processes']
  const [first] = sample.known ? sample.value.processes : []
  return [
    {
      summary: `the host is overloaded: ${shortage}${late}${not}`,
      subject: {},
      failingNow: true,
      impact: most ? impactOf(most, seen.host) : null,
      evidence: [...(most ? troubleEvidence(most) : []), ...pressureEvidence(seen)],
      unlike: [notJudged('backend-slow', 'the host had no time to tell which requests are late')],
      atMost: 'possible',
      steps: [
        first
          ? `see what it is: ps -o user,pid,ppid,lstart,args -p ${first.pid}`
          : 'see who takes the CPUs: top -b -n 1 | head -n 20',
        'ask again once the load is lower, or with more time: gatemedic diagnose --budget 60',
      ],
    },
  ]
}

/** It waits in vain for a backend of this machine, which is not stopped by itself. */
function isLate(trouble: Trouble, seen: Seen): boolean {
  const { kind, address } = trouble
  if (!isOpen(trouble) || address === null || trouble.endpoints.length === 0) return false
  if (!['answer-timeout', 'connect-timeout', 'queue-full'].includes(kind)) return false
  if (seen.place.of === 'nginx' && !isLocal(address, seen.host.addresses)) return false
  const units = seen['backend-units']
  const unit = backendUnitOf(trouble, units)?.unit
  const states = unit && units.known ? (units.value.processStates.get(unit.id) ?? '') : ''
  return !/[Tt]/.test(states)
}

/** The units behind the upstreams that are late; where they were not asked for, those of the processes that listen there. */
function unitsOf(late: readonly Trouble[], seen: Seen): ReadonlySet<string> {
  return new Set(
    late.flatMap((trouble) => backendUnitOf(trouble, seen['backend-units'])?.unit.id ?? listeningUnits(trouble, seen)),
  )
}

function listeningUnits({ address }: Trouble, { sockets, 'busy-processes': busy }: Seen): readonly string[] {
  if (address === null || !sockets.known || !busy.known) return []
  const pids = new Set(listenersAt(address, sockets.value).flatMap(({ owners }) => owners.map(({ pid }) => pid)))
  return busy.value.processes.flatMap(({ pid, unit }) => (pids.has(pid) && unit !== null ? [unit] : []))
}

function claimOf(most: Trouble, late: readonly Trouble[], overload: Overload, sample: Sample, seen: Seen): Claim {
  const addresses = [...new Set(late.flatMap(({ address }) => address ?? []))]
  const [first] = overload.hogs
  const crowd = sample.busy.groups.find(
    ({ count, cpu, name }) =>
      overload.of === 'cpu' && first?.command.includes(name) === true && count > 3 && cpu > 3 * first.cpu,
  )
  const many = crowd ? `${crowd.count} processes "${crowd.name}" such as ` : ''
  const who = first ? `, most of it by ${many}${hogWords(first)}` : ''
  return {
    summary: `the host is overloaded: ${overload.words}${who}; requests to ${addresses.join(' and ')} time out`,
    subject: {},
    failingNow: true,
    impact: { ...impactOf(most, seen.host), count: late.reduce((sum, { count }) => sum + count, 0) },
    evidence: [...troubleEvidence(most), ...loadEvidence(overload, sample, seen), ...clientEvidence(seen)],
    unlike: [slowAlike(addresses, seen)],
    ...(first === undefined && { atMost: 'likely' as const }),
    explains: ['backend-slow', 'backend-saturated', 'backend-hung', 'timeout-too-low', 'backend-killed-by-timeout'],
    steps: [...stepsFor(overload, first), ...clientSteps(seen)],
  }
}

function slowAlike(addresses: readonly string[], seen: Seen): LookAlike {
  if (addresses.length > 1)
    return ruledOut('backend-slow', `it is not one backend: ${addresses.join(', ')} are late together`)
  const live = seen['live-requests'].known ? seen['live-requests'].value.answers : []
  const other = live.find(
    ({ way, host, totalSeconds, status }) =>
      way === 'nginx' && status !== null && status < 500 && totalSeconds >= LATE_SECONDS && host !== '',
  )
  return other
    ? ruledOut('backend-slow', `${other.host}${other.path} takes ${other.totalSeconds.toFixed(1)} s as well`)
    : notJudged('backend-slow', `only ${addresses[0] ?? 'one backend'} is seen to be late`)
}

function pressureEvidence({ pressure, host }: Pick<Seen, 'pressure' | 'host'>): Claim['evidence'] {
  if (!pressure.known) return []
  const { load1, load5, cpuSome10, memoryAvailableKb, memoryTotalKb } = pressure.value
  const psi = cpuSome10 === null ? '' : `, some task waits for a CPU ${cpuSome10} % of the time`
  return [
    seenBy(
      'pressure',
      'cat /proc/loadavg /proc/pressure/cpu; free -m',
      `load ${load1} ${load5} on ${host.cpus} CPUs${psi}; ${Math.round(memoryAvailableKb / 1024)} of ${Math.round(memoryTotalKb / 1024)} MB of memory available`,
    ),
  ]
}

function loadEvidence({ hogs }: Overload, sample: Sample, seen: Seen): Claim['evidence'] {
  const { busy, ioWait, stolen } = sample.busy
  return [
    ...pressureEvidence(seen),
    seenBy(
      'busy-processes',
      'top -b -d 1',
      [
        `CPUs: ${busy.toFixed(0)} % at work, ${ioWait.toFixed(0)} % wait for disks, ${stolen.toFixed(0)} % stolen`,
        ...hogs
          .slice(0, 5)
          .map(
            (each) =>
              `${each.cpu.toFixed(0)} % CPU, ${Math.round(each.memoryKb / 1024)} MB, state ${each.state}, pid ${each.pid}: ${hogWords(each)}`,
          ),
      ].join('\n'),
    ),
  ]
}

function stepsFor(overload: Overload, first: BusyProcess | undefined): readonly string[] {
  if (!first)
    return ['ask who runs the hypervisor for more CPU time, or move the machine; nothing on this host is at fault']
  const unit = first.unit
  return [
    unit?.endsWith('.service') === true
      ? `see what ${unit} does: systemctl status ${unit}; journalctl -u ${unit} -n 50`
      : `see what it is: ps -o user,pid,ppid,lstart,args -p ${first.pid}; ls -l /proc/${first.pid}/exe /proc/${first.pid}/cwd`,
    unit?.endsWith('.service') === true
      ? `give it less: systemctl set-property ${unit} CPUWeight=20 ${overload.of === 'memory' ? 'MemoryHigh=...' : 'CPUQuota=50%'}, or let it run at another hour`
      : `renice -n 19 -p ${first.pid}, or end it with its owner (${first.user}); a program that nobody knows, of a user that only serves mail or web pages, is a break-in until shown otherwise`,
  ]
}

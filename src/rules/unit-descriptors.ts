import type { CauseId } from '../diagnosis/cause.ts'
import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { ProcessLimit } from '../probes/process-limits.ts'
import type { Unit } from '../probes/unit-state.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import { isOpen } from '../symptoms/course.ts'
import { ailingUnits, type AilingUnit, nameOf, unitClaim } from './ailing-units.ts'
import { backendUnitOf, lineEvidence } from './answered-by.ts'
import { passesOn } from './forwarder.ts'
import { type Knowledge, seenBy } from './knowledge.ts'
import { listenersAt } from './listening.ts'

type LimitsSeen = View<Knowledge, 'host' | 'troubles', 'process-limits' | 'backend-units' | 'error-log' | 'sockets'>

/** Enough for any host that proxies; systemd gives services a hard limit of 524288 (system.conf(5), since 240). */
export const WANTED = 65_536

/** The backend's own log says that it cannot open or accept anything more; or one of its processes has as many open as it may. */
export function unitsWithoutDescriptors(seen: LimitsSeen): Claim[] {
  const units = seen['backend-units']
  const told = ailingUnits(seen.troubles, units, seen.host, seen['error-log'], 'too-many-files')
  const silent = seen.troubles.flatMap((trouble) => {
    const unit = backendUnitOf(trouble, units)?.unit ?? null
    if (!isOpen(trouble) || trouble.address === null || trouble.endpoints.length === 0) return []
    if (told.some((each) => each.trouble === trouble)) return []
    const full = limitsOf(unit, trouble.address, seen).find(isUsedUp)
    return full ? [claimFor({ trouble, address: trouble.address, unit }, null, full)] : []
  })
  return [
    ...told.map((each) => claimFor(each, each.line, limitsOf(each.unit, each.address, seen)[0] ?? null)),
    ...silent,
  ]

  function claimFor(ailing: Omit<AilingUnit, 'line'>, line: TellingLine | null, limit: ProcessLimit | null): Claim {
    const { unit } = ailing
    const name = nameOf(ailing)
    const id = unit?.id ?? 'THE-BACKEND'
    // In a circle these run out of descriptors as well.
    const forwards = unit !== null && passesOn(unit.execStart)
    const common = unitClaim(ailing, seen.host)
    const most = limit && Number.isFinite(limit.soft) ? `: it may have ${limit.soft} open files and sockets` : ''
    const words = line === null ? ' and has them' : `; its log says "${line.newest.slice(0, 160)}"`
    return {
      ...common,
      summary: `${name} has no file descriptor left${most}${words}`,
      evidence: [
        ...common.evidence,
        ...(line ? [lineEvidence(line, id)] : []),
        ...(limit ? [limitEvidence(limit)] : []),
      ],
      unlike: [
        ruledOut('worker-connections', `it is ${name} that ran out, not nginx`),
        ...(forwards ? [notJudged('proxy-loop', `${name} only passes connections on, maybe back to nginx`)] : []),
      ],
      ...(forwards && { atMost: 'possible' as const }),
      ...(!forwards && line === null && limit?.open === null && { atMost: 'likely' as const }),
      explains: consequences,
      steps: [
        `see what it holds open: ls -l /proc/${limit?.pid ?? unit?.mainPid ?? 'PID'}/fd | head -50   # a leak shows the same target again and again`,
        `systemctl edit ${id}   # [Service] LimitNOFILE=${WANTED}`,
        `systemctl restart ${id}`,
      ],
    }
  }
}

/** What a backend looks like that cannot accept or open anything. */
const consequences: readonly CauseId[] = [
  'app-error',
  'backend-slow',
  'backend-hung',
  'backend-saturated',
  'backend-crashed',
  'timeout-too-low',
  'backend-dependency-down',
]

function limitsOf(unit: Unit | null, address: string, seen: LimitsSeen): readonly ProcessLimit[] {
  const limits = seen['process-limits']
  if (!limits.known) return []
  const owners = seen['backend-units'].known
    ? seen['backend-units'].value.ties.filter((tie) => tie.unit === unit?.id && tie.endpoint.startsWith('pid:'))
    : []
  const listeners = seen.sockets.known ? listenersAt(address, seen.sockets.value) : []
  const pids = new Set([
    ...(unit ? [unit.mainPid, ...(unit.work?.processes.map(({ pid }) => pid) ?? [])] : []),
    ...owners.map(({ endpoint }) => Number(endpoint.slice(4))),
    ...listeners.flatMap((listener) => listener.owners.map(({ pid }) => pid)),
  ])
  return limits.value.filter(({ pid }) => pids.has(pid)).toSorted((a, b) => use(b) - use(a))
}

/** Nothing left, or a few that were just given back; where only sockets could be counted, as good as nothing beside the few that are none. */
function isUsedUp({ soft, open, sockets }: ProcessLimit): boolean {
  if (!Number.isFinite(soft)) return false
  return open === null
    ? sockets !== null && sockets >= 0.75 * soft && soft - sockets <= 16
    : open >= soft - Math.max(1, Math.min(4, soft / 10))
}

function use({ soft, open, sockets }: ProcessLimit): number {
  return (open ?? sockets ?? 0) / soft
}

export function limitEvidence({ pid, soft, hard, open, sockets, name }: ProcessLimit): ReturnType<typeof seenBy> {
  const now = open === null ? (sockets === null ? '' : `, ${sockets} sockets open now`) : `, ${open} open now`
  return seenBy('process-limits', `grep 'open files' /proc/${pid}/limits`, `${name}: ${soft} (hard ${hard})${now}`)
}

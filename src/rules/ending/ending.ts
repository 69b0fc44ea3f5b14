import type { Evidence } from '../../diagnosis/diagnosis.ts'
import type { LookAlike, View } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import type { CauseId } from '../../diagnosis/cause.ts'
import { isRunning } from '../../probes/unit-state.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { type Knowledge, seenBy } from '../knowledge.ts'
import { logCommand } from '../late/look-alikes.ts'
import { stoppedOnPurpose, type TiedUnit, tiedUnits } from '../tied-units.ts'
import { type Death, deathsOf, sigkill } from './deaths.ts'
import { type KillLimit, killLimitOf } from './kill-limit.ts'

export type EndSeen = View<Knowledge, 'troubles' | 'host' | 'backend-units', 'kernel-log'>

/** A backend that ended connections before it had answered, and what is known of its own end; alike for all rules that could explain it. */
export interface Ending {
  readonly trouble: Trouble
  readonly address: string
  readonly tied: TiedUnit | null
  readonly deaths: readonly Death[]
  /** The supervisor's limit, and a live request that ended just then. */
  readonly limit: KillLimit | null
  readonly endedAtLimit: number | null
}

/** For troubles of these kinds: a backend that dies closes in the middle of an answer, and, while it is gone, refuses. */
export function endingOf(
  trouble: Trouble,
  seen: EndSeen,
  kinds: readonly Trouble['kind'][] = ['closed'],
): Ending | null {
  const { address } = trouble
  if (!kinds.includes(trouble.kind) || address === null || trouble.endpoints.length === 0) return null
  const units = tiedUnits(address, seen['backend-units'])
  const told = units.map((tied) => ({ tied, deaths: deathsOf(tied.unit, trouble, seen.host, seen['kernel-log']) }))
  const best = told.find(({ deaths }) => deaths.length > 0) ?? told.find(({ tied }) => isRunning(tied.unit)) ?? told[0]
  const limit = best ? killLimitOf(best.tied.unit, address) : null
  return {
    trouble,
    address,
    tied: best?.tied ?? null,
    deaths: best?.deaths ?? [],
    limit,
    endedAtLimit: limit && endedAt(limit.seconds, trouble),
  }
}

/** A live request that was closed on just after that time: supervisors look once a second or so (php-fpm: fpm_pctl_heartbeat). */
function endedAt(limit: number, trouble: Trouble): number | null {
  const ended = trouble.live.find(
    ({ way, status, exitCode, totalSeconds }) =>
      (way === 'nginx' ? status === 502 : exitCode === 52 || exitCode === 56) &&
      totalSeconds >= limit - 0.2 &&
      totalSeconds <= limit + 1.8,
  )
  return limit >= 1 ? (ended?.totalSeconds ?? null) : null
}

/** The death that explains the trouble, if there is one. */
export function causeOfDeath({ deaths, endedAtLimit }: Ending): Death['how'] | null {
  return (
    deaths.find(({ how }) => how === 'oom')?.how ??
    deaths.find(({ how }) => how === 'time-limit')?.how ??
    (endedAtLimit !== null ? 'time-limit' : (deaths[0]?.how ?? null))
  )
}

/** A look-alike that would have left a death of that kind. */
export function deathAlike(cause: CauseId, how: Death['how'], ending: Ending, seen: EndSeen): LookAlike {
  const { tied, deaths } = ending
  const found = deaths.find((death) => death.how === how)
  if (found) return notJudged(cause, found.text.slice(0, 160))
  if (tied === null) return notJudged(cause, `no unit is tied to ${ending.address}`)
  const { telling, work } = tied.unit
  if (how === 'oom') {
    const [other] = deaths
    if (other && deaths.every(({ how: each, text }) => each !== 'time-limit' && !sigkill.test(text)))
      return ruledOut(
        cause,
        `the kernel kills for memory with signal 9, and this was another end: ${other.text.slice(0, 120)}`,
      )
    const kernel = seen['kernel-log']
    if (kernel.known && telling.read.includes('journal'))
      return ruledOut(cause, `neither the kernel nor systemd killed a process of ${tied.unit.id} for memory`)
    if (telling.read.includes('journal') && work?.oomKills === 0)
      return ruledOut(cause, `memory.events of ${tied.unit.id} counts no kill`)
    return notJudged(cause, kernel.known ? (telling.unknown ?? 'the journal was not read') : kernel.reason)
  }
  return telling.unknown === null
    ? ruledOut(cause, `nothing in ${telling.read.join(', ')} of ${tied.unit.id} says so`)
    : notJudged(cause, telling.unknown)
}

export function deathEvidence({ tied, deaths }: Ending, how: Death['how']): readonly Evidence[] {
  return deaths
    .filter((death) => death.how === how)
    .slice(0, 3)
    .map(({ text, log, count }) => {
      const words = count > 1 ? `${text} (${count} times)` : text
      if (log === 'kernel') return seenBy('kernel-log', 'journalctl -k', words)
      return seenBy(
        'backend-units',
        log === 'systemctl show' ? `systemctl show ${tied?.unit.id ?? ''}` : logCommand(tied?.unit.id ?? '', log),
        words,
      )
    })
}

/** Started again, where it is down now and nobody wanted it so. */
export function startAction(ending: Ending) {
  const unit = ending.tied?.unit
  if (!unit || isRunning(unit) || !isOpen(ending.trouble) || stoppedOnPurpose(unit) !== null) return {}
  return { action: { id: 'start-unit' as const, target: unit.id } }
}

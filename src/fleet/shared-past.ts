import type { LastFix } from '../history/past.ts'
import type { Group } from './group.ts'
import type { FleetMember } from './member.ts'

/** The hosts of one group had this trouble before, all of them. */
export interface SharedPast {
  /** Outbreaks that each of them had within so many days, this one with them: no host had fewer. */
  readonly count: number
  readonly days: number
  /** None had more either. */
  readonly exact: boolean
  /** What cured it last time; null where that is not the same for all of them. */
  readonly fix: SharedFix | null
}

export interface SharedFix extends Pick<LastFix, 'action' | 'target'> {
  /** One machine for all of them; null: each host itself. */
  readonly host: string | null
  /** How long it held, ms. */
  readonly shortest: number
  readonly longest: number
}

/** Null for a single host, and where one of them does not have it again. Pure. */
export function sharedPast({ kind, members }: Pick<Group, 'kind' | 'members'>): SharedPast | null {
  const again = members.flatMap(({ past }) => (past !== undefined && past.count > 1 ? [past] : []))
  if (kind !== 'cause' || again.length < 2 || again.length < members.length) return null
  const count = Math.min(...again.map((past) => past.count))
  const days = Math.max(...again.map((past) => past.days))
  return {
    count,
    days,
    exact: again.every((past) => past.count === count && past.days === days),
    fix: sharedFix(members),
  }
}

function sharedFix(members: readonly FleetMember[]): SharedFix | null {
  const fixes = members.flatMap(({ host, past }) => {
    const fix = past?.lastFix ?? null
    return fix === null ? [] : [{ ...fix, host: fix.host === host ? null : fix.host }]
  })
  const [first] = fixes
  if (first === undefined || fixes.length < members.length) return null
  const { action, target, host } = first
  const same = fixes.every((fix) => fix.action === action && fix.target === target && fix.host === host)
  const lasted = fixes.map(({ lastedMs }) => lastedMs)
  return same ? { action, target, host, shortest: Math.min(...lasted), longest: Math.max(...lasted) } : null
}

import type { OneMoreQuestion } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Unit } from '../probes/unit-state.ts'
import { backendUnitOf } from '../rules/answered-by.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** Where a failing backend says itself what is the matter, and could not be read: php-fpm's own log is root's alone on Debian. */
export function unreadLogs(troubles: readonly Trouble[], units: Fact<BackendUnits>): readonly string[] {
  return [...new Set(withUnreadLogs(troubles, units).map(whyOf))]
}

/** The end of the first of them, as a person may read it. */
export function unreadLogQuestion(troubles: readonly Trouble[], units: Fact<BackendUnits>): OneMoreQuestion | null {
  const unit = withUnreadLogs(troubles, units).find(({ telling }) => telling.closed.length > 0)
  return unit ? { command: `tail -n 50 ${unit.telling.closed[0] ?? ''}`, why: whyOf(unit), probe: null } : null
}

function withUnreadLogs(troubles: readonly Trouble[], units: Fact<BackendUnits>): readonly Unit[] {
  return troubles.flatMap((trouble) => {
    const unit = backendUnitOf(trouble, units)?.unit
    return unit && unit.telling.unknown !== null ? [unit] : []
  })
}

function whyOf({ id, telling }: Unit): string {
  return `what ${id} says itself: ${telling.unknown ?? ''}`
}

import type { OneMoreQuestion } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import { backendUnitOf } from '../rules/answered-by.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** Where a failing backend says itself what is the matter, and could not be read: php-fpm's own log is root's alone on Debian. */
export function unreadLogs(troubles: readonly Trouble[], units: Fact<BackendUnits>): readonly string[] {
  const reasons = troubles.flatMap((trouble) => {
    const unit = backendUnitOf(trouble, units)?.unit
    return unit?.telling.unknown == null ? [] : [`what ${unit.id} says itself: ${unit.telling.unknown}`]
  })
  return [...new Set(reasons)]
}

/** Its end, as a person may read it. */
export function unreadLogQuestion(troubles: readonly Trouble[], units: Fact<BackendUnits>): OneMoreQuestion | null {
  const [why] = unreadLogs(troubles, units)
  const path = /(\/[\w./@+-]+) may not be read/.exec(why ?? '')?.[1]
  return why === undefined || path === undefined ? null : { command: `tail -n 50 ${path}`, why, probe: null }
}

import type { LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce, type Scope } from '../nginx/config-scope.ts'
import { eventsOfKind } from '../symptoms/events.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { logUnseen } from './answered-by.ts'
import type { Knowledge } from './knowledge.ts'
import { isKeptOut } from './quiet-refusals.ts'

type Seen = View<Knowledge, never, 'events' | 'error-log'>

/** The limits that hold in a place. */
export function limitsOf(scope: Scope): readonly string[] {
  return ['limit_req', 'limit_conn'].filter((name) => inForce(scope, name) !== null)
}

/** Lines that would tell of a refusal are kept out of the error log there (limit_req_log_level info). */
export function saysNothing(scope: Scope, limits: readonly string[]): boolean {
  return limits.some((name) => isKeptOut(scope, inForce(scope, `${name}_log_level`)?.value ?? 'error'))
}

/** Whether a limit may be what answers 503 in a place: nginx says so at each refusal, unless that is kept out of its log. */
export function limitAlike(scope: Scope, trouble: Trouble, seen: Seen): LookAlike {
  const limits = limitsOf(scope)
  if (limits.length === 0) return ruledOut('rate-limited', 'no limit_req or limit_conn holds there')
  if (saysNothing(scope, limits))
    return notJudged('rate-limited', `${limits.join(' and ')} holds there, and the error log takes no line about it`)
  if (!seen.events.known) return notJudged('rate-limited', seen.events.reason)
  const limited = eventsOfKind(seen.events.value, 'limiting').some(
    (event) => event.now && event.sites.some((site) => trouble.sites.includes(site)),
  )
  const unseen = logUnseen(seen['error-log'])
  if (unseen !== null && !limited) return notJudged('rate-limited', unseen)
  return limited
    ? notJudged('rate-limited', `${limits.join(' and ')} refuses requests there as well`)
    : ruledOut('rate-limited', `${limits.join(' and ')} holds there, and no line says that it refused a request`)
}

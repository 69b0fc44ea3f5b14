import type { ActionId } from '../../diagnosis/diagnosis.ts'
import { type Policy, type PolicyHost, riskOf } from './policy.ts'
import { ruleFor, termsOf } from './rule-for.ts'

/**
 * What the policy says of changes by others that would come into force with an action: null when it may go on. `others` is what it
 * does to them: "also loads 2 files ..."; null: there are none. Pure.
 */
export function whyNotOthersEdits(
  policy: Policy,
  { host, action }: { readonly host: PolicyHost; readonly action: ActionId },
  others: string | null,
): string | null {
  if (others === null) return null
  const found = ruleFor(policy, host)
  if (found === null || termsOf(found, riskOf(action)).othersEdits === 'allow') return null
  return `${policy.source} does not allow to bring changes of others into force here, and this ${others}`
}

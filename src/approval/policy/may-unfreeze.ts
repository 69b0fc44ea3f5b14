import type { Policy, PolicyHost } from './policy.ts'
import { fits, ruleFor } from './rule-for.ts'
import { matchOn } from './with-freezes.ts'

/** What must be true of a person who lifts a freeze: an approver of each of these sets, which together are those of every host that it is on. */
type Lifters = readonly { readonly users: readonly string[]; readonly groups: readonly string[] }[]

/** Empty: the policy names nobody. A freeze on what the inventory does not have any more is lifted by approvers of everything. */
export function liftersOf(policy: Policy, hosts: readonly PolicyHost[], on: string): Lifters {
  const match = matchOn(on)
  const frozen = hosts.filter((host) => fits(match, host))
  const rules = frozen.length === 0 ? policy.rules : frozen.flatMap((host) => ruleFor(policy, host)?.rules ?? [])
  return [...new Set(rules)].map(({ approvers }) => approvers)
}

/** Why this person may not lift it; null when he may. `groups`: those of the lifters in which he is now. */
export function whyNotLift(
  policy: Policy,
  lifters: Lifters,
  { userId, groups }: { readonly userId: string; readonly groups: readonly string[] },
): string | null {
  if (lifters.length === 0) return `nobody is configured as approver (${policy.source} names nobody)`
  const isOne = lifters.every(({ users, groups: of }) => users.includes(userId) || of.some((id) => groups.includes(id)))
  return isOne
    ? null
    : `only approvers of everything that is frozen may lift it, and ${policy.source} does not name you`
}

import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import type { Policy, Terms } from '../../src/approval/policy/policy.ts'

/** The short list of approvers with other terms for everything. */
export function policyWith(users: readonly string[], more: Partial<Terms>): Policy {
  const policy = approversOnly(users)
  const rules = policy.rules.map((rule) => {
    const { start, reload, restart } = rule.terms
    return {
      ...rule,
      terms: { start: { ...start, ...more }, reload: { ...reload, ...more }, restart: { ...restart, ...more } },
    }
  })
  return { ...policy, rules }
}

import type { Policy } from './policy.ts'

/** Every user group that the policy names, once. */
export function groupsIn({ diagnose, mute, rules }: Policy): readonly string[] {
  const contacts = rules.flatMap(({ escalation }) => escalation.contacts.filter((id) => id.startsWith('S')))
  const approvers = rules.flatMap((rule) => rule.approvers.groups)
  return [...new Set([...(diagnose?.groups ?? []), ...(mute?.groups ?? []), ...approvers, ...contacts])]
}

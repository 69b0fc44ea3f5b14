import type { Policy } from './policy.ts'

/** Every user group that the policy names, once. */
export function groupsIn({ diagnose, rules }: Policy): readonly string[] {
  const contacts = rules.flatMap(({ escalation }) => escalation.contacts.filter((id) => id.startsWith('S')))
  return [...new Set([...(diagnose?.groups ?? []), ...rules.flatMap(({ approvers }) => approvers.groups), ...contacts])]
}

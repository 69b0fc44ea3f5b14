import { ruleFor } from '../approval/policy/rule-for.ts'
import type { Review } from '../approval/review.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser, ReviewResult } from './desk.ts'
import { groupsOf } from './who-presses.ts'

/** Another approver of the host says that he has looked at what somebody did alone. It is written down, and then off the list. */
export async function review(parts: DeskParts, id: string, presser: Presser): Promise<ReviewResult> {
  const found = await parts.reviews.find(id)
  if (found === null) return { kind: 'gone' }
  const because = await whyNot(parts, found, presser)
  if (because !== null) return { kind: 'refused', because }
  const { host, action, target } = found
  const at = parts.now().toISOString()
  await parts.audit.append({ step: 'reviewed', proposal: id, host, action, target, by: presser.userId, at })
  return (await parts.reviews.remove(id)) ? { kind: 'reviewed', review: found } : { kind: 'gone' }
}

async function whyNot({ hostOf, policy }: DeskParts, { by, host }: Review, presser: Presser): Promise<string | null> {
  if (by === presser.userId) return 'somebody else must review what you did alone'
  const stranger = await presser.whyNot().catch(() => 'Slack did not say who you are, and without that nobody may')
  if (stranger !== null) return stranger
  const known = hostOf(host)
  const rule = known && ruleFor(await policy(), known)
  // A host that is gone has no approvers any more; then any colleague may.
  if (!rule) return null
  const groups = groupsOf(rule)
  const member = groups.length === 0 ? [] : await presser.memberOf(groups).catch(() => null)
  if (member === null) return 'Slack did not say which user groups you are in, and without that nobody may'
  const approves = rule.rules.every(
    ({ approvers }) => approvers.users.includes(presser.userId) || approvers.groups.some((one) => member.includes(one)),
  )
  return approves ? null : `only an approver for ${host} may review this`
}

import { alsoLoadsWords } from '../actions/outlook.ts'
import { type Decision, decide, type Press, type Wanted } from '../approval/policy/decide.ts'
import { whyNotOthersEdits } from '../approval/policy/others-edits.ts'
import type { Policy, Rule } from '../approval/policy/policy.ts'
import { ruleFor } from '../approval/policy/rule-for.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser } from './desk.ts'
import { groupsOf, pressOf, wantedOf } from './who-presses.ts'

/** What the presses on an offer come to at this moment, by the bot's own policy and inventory. */
export type Judged =
  | { readonly kind: 'refused'; readonly because: string }
  /** It would be more with a code of his second factor. */
  | { readonly kind: 'code-wanted' }
  | (Taken & { readonly kind: 'enough' })
  | (Taken & { readonly kind: 'one-more'; readonly decision: Extract<Decision, { kind: 'one-more' }> })

interface Taken {
  readonly made: Press
  /** All of them, the one that was just made last. */
  readonly presses: readonly Press[]
  readonly policy: Policy
  readonly wanted: Wanted
  readonly rule: Rule
}

/** `withOthers`: this press behind the earlier ones, given the user groups that the policy asks about. */
export async function judgePress(
  parts: Pick<DeskParts, 'hostOf' | 'policy' | 'now'>,
  proposal: Proposal,
  presser: Presser,
  withOthers: (made: Press, groups: readonly string[]) => readonly Press[] | Promise<readonly Press[]>,
): Promise<Judged> {
  const host = parts.hostOf(proposal.host)
  if (host === null) return refused(`${proposal.host} is not in the inventory any more`)
  const stranger = await presser.whyNot().catch(() => 'Slack did not say who you are, and without that nobody may')
  if (stranger !== null) return refused(stranger)
  const policy = await parts.policy()
  const found = ruleFor(policy, host)
  const groups = groupsOf(found)
  const made = await pressOf(presser, groups, parts.now())
  if (made === null) return refused('Slack did not say which user groups you are in, and without that nobody may')
  const wanted = wantedOf(proposal, host)
  const presses = await withOthers(made, groups)
  const decision = decide(policy, wanted, presses, parts.now())
  if (decision.kind === 'refused') {
    const withCode = [...presses.slice(0, -1), { ...made, secondFactor: true }]
    if (decide(policy, wanted, withCode, parts.now()).kind !== 'refused') return { kind: 'code-wanted' }
    return refused(decision.because)
  }
  const others = whyNotOthersEdits(policy, { host, action: proposal.action }, alsoLoadsWords(proposal.alsoLoads))
  if (others !== null) return refused(others)
  const [rule] = found?.rules ?? []
  if (!rule) return refused(`${policy.source} has no rule`)
  const taken = { made, presses, policy, wanted, rule }
  return decision.kind === 'enough' ? { kind: 'enough', ...taken } : { kind: 'one-more', decision, ...taken }
}

function refused(because: string): Judged {
  return { kind: 'refused', because }
}

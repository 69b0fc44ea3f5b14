import { decide, type Press, type Wanted } from '../approval/policy/decide.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import type { RuleFor } from '../approval/policy/rule-for.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Presser } from './desk.ts'

export function wantedOf(proposal: Proposal, host: PolicyHost): Wanted {
  const { action, requester, state } = proposal
  return { host, action, requester, askedAt: state.kind === 'asked' ? state.at : null }
}

/** Who presses again is asked who he is again, and counts once. */
export function pressesWith({ state }: Proposal, made: Press): readonly Press[] {
  return state.kind === 'asked' ? [...state.presses.filter(({ by }) => by !== made.by), made] : [made]
}

/** Whether this person could go on alone at this moment; with a reason and a code, which are asked for then. */
export function mayGoAlone(policy: Policy, wanted: Wanted, made: Press, now: Date): boolean {
  const alone: Press = { ...made, how: 'break-glass', reason: 'asked for when it is wanted', secondFactor: true }
  return decide(policy, wanted, [alone], now).kind === 'enough'
}

/** His membership is asked for at each press; whoever was thrown out a minute ago is out. Null: nobody can tell. */
export async function pressOf(presser: Presser, asked: readonly string[], now: Date): Promise<Press | null> {
  const { userId, channel, how, reason, secondFactor, memberOf } = presser
  const groups = asked.length === 0 ? [] : await memberOf(asked).catch(() => null)
  return groups && { by: userId, at: now.toISOString(), groups, channel, how, reason, secondFactor }
}

export function groupsOf(rule: RuleFor | null): readonly string[] {
  return [...new Set((rule?.rules ?? []).flatMap(({ approvers }) => approvers.groups))]
}

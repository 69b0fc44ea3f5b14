import type { Action } from '../actions/action.ts'
import { unfit } from '../actions/unfit.ts'
import { mayApprove } from '../approval/policy.ts'
import type { ActParts, Approved } from './act-parts.ts'

/** An approval is for now: a click that waited longer for a worker is none any more. */
const approvalSeconds = 60

/** Why a claimed action must not begin, judged from the worker's own files, or null. */
export function whyNotNow(
  approved: Approved,
  action: Action | null,
  { audit, now, policy, refusalOf }: Pick<ActParts, 'audit' | 'now' | 'policy' | 'refusalOf'>,
): string | null {
  const age = (now().getTime() - Date.parse(approved.state.at)) / 1000
  if (age > approvalSeconds)
    return `the approval waited ${Math.round(age)} s for a worker and holds only ${approvalSeconds} s`
  const decision = mayApprove(policy, approved.state.by, approved)
  if (!decision.allowed) return 'the worker does not know the person who pressed as an approver'
  if (!action) return `Gatemedic cannot do ${approved.action}`
  const argv = action.argv(approved.target)
  if (argv.join(' ') !== approved.argv.join(' ')) return 'the command of the proposal is not the command of this action'
  const misfit = unfit(action, approved.guard, approved.target)
  if (misfit) return misfit
  if (audit.wasStarted(approved.id)) return 'the audit says that this approval was used before'
  return refusalOf(approved.host, action, approved.target)
}

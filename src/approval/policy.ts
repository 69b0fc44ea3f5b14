import type { Proposal } from './proposal.ts'

/** Who may approve; an empty list means nobody. */
export interface ApprovalPolicy {
  /** Slack user ids. Names decide nothing: they can be changed by anyone. */
  readonly approvers: readonly string[]
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly because: string }

/** Whether this person may press this button now. Fails closed: whatever is not named is refused, with the reason for the person. */
export function mayApprove(policy: ApprovalPolicy, userId: string, proposal: Pick<Proposal, 'host'>): Decision {
  if (policy.approvers.length === 0) {
    return { allowed: false, because: 'nobody is configured as approver (approvers in gatemedic.yml is empty)' }
  }
  if (!policy.approvers.includes(userId)) {
    return { allowed: false, because: `you are not an approver for ${proposal.host} (approvers in gatemedic.yml)` }
  }
  return { allowed: true }
}

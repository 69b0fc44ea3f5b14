import { signApproval } from '../approval/approval.ts'
import type { Press } from '../approval/policy/decide.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Found } from '../approval/proposal-store.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { PressResult } from './desk.ts'

type ClaimParts = Pick<DeskParts, 'acts' | 'now' | 'policy' | 'proposals' | 'signer'>

/** Enough people have pressed: of all who claim it at the same moment one wins, and the act is queued. `run`: it is the turn of this host in it. */
export async function claim(
  parts: ClaimParts,
  found: Found,
  presses: readonly Press[],
  run: { readonly id: string; readonly until: string } | null = null,
): Promise<PressResult> {
  const { id } = found.proposal
  const at = parts.now().toISOString()
  const { hash } = await parts.policy()
  const approval = signApproval(parts.signer, found, presses, at, { run: run?.id ?? null, policy: hash })
  const by = [...new Set(presses.map((each) => each.by))]
  const inRun = run === null ? {} : { runUntil: run.until }
  const claimed = await parts.proposals.apply(id, { kind: 'claim', by, at, approval, ...inRun })
  if (!claimed) return { kind: 'unknown' }
  if (!claimed.ok) return standing(parts, claimed.proposal)
  await parts.acts.ensure(id)
  return { kind: 'claimed', proposal: claimed.proposal }
}

/** What became of an offer that is not open any more. */
export async function standing({ proposals, now }: ClaimParts, proposal: Proposal): Promise<PressResult> {
  const { state } = proposal
  if (state.kind === 'proposed' || state.kind === 'asked') {
    // Open but too late: from now on it is also written down as expired.
    const expired = await proposals.apply(proposal.id, { kind: 'expire', at: now().toISOString() })
    return { kind: 'expired', proposal: expired?.proposal ?? proposal }
  }
  if (state.kind === 'expired' || state.kind === 'superseded') return { kind: state.kind, proposal }
  return { kind: 'already', by: state.by, at: state.at, state: state.kind, proposal }
}

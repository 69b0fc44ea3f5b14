import { mayApprove, type ApprovalPolicy } from '../approval/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { ProposalStore } from '../approval/proposal-store.ts'
import type { RedisClient } from '../redis.ts'
import type { Desk, PressResult, Taken } from './desk.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import type { ActQueue } from './queue-act.ts'
import type { DiagnoseQueue } from './queue-diagnose.ts'
import { withinReach } from './reach.ts'
import type { DiagnosisRequest } from './request.ts'

export interface DeskParts {
  /** An `ask` client: a person waits for the answer. */
  readonly client: RedisClient
  readonly board: DiagnosisBoard
  readonly diagnoses: Pick<DiagnoseQueue, 'ensure'>
  readonly acts: Pick<ActQueue, 'ensure'>
  readonly proposals: ProposalStore
  readonly policy: ApprovalPolicy
  readonly now: () => Date
}

export function createDesk(parts: DeskParts): Desk {
  return {
    diagnose: (request) => withinReach(parts.client, () => diagnose(parts, request)),
    press: (proposalId, userId) => withinReach(parts.client, () => press(parts, proposalId, userId)),
  }
}

async function diagnose({ board, diagnoses, now }: DeskParts, request: DiagnosisRequest): Promise<Taken> {
  const taken = await board.join(request, now())
  // Also after joining: if the first asker's bot died between these two steps, there is no job yet.
  await diagnoses.ensure(taken.diagnosisId)
  return taken
}

async function press({ acts, proposals, policy, now }: DeskParts, id: string, userId: string): Promise<PressResult> {
  const seen = await proposals.find(id)
  if (!seen) return { kind: 'unknown' }
  // An old button says what became of it, whoever presses it.
  if (seen.state.kind !== 'proposed' || now().toISOString() >= seen.expiresAt) return standing(proposals, seen, now())
  const decision = mayApprove(policy, userId, seen)
  if (!decision.allowed) return { kind: 'refused', because: decision.because, proposal: seen }

  const claim = await proposals.apply(id, { kind: 'claim', by: userId, at: now().toISOString() })
  if (!claim) return { kind: 'unknown' }
  if (!claim.ok) return standing(proposals, claim.proposal, now())
  await acts.ensure(id)
  return { kind: 'claimed', proposal: claim.proposal }
}

async function standing(proposals: ProposalStore, proposal: Proposal, now: Date): Promise<PressResult> {
  const { state } = proposal
  if (state.kind === 'proposed') {
    // Open but too late: from now on it is also written down as expired.
    const expired = await proposals.apply(proposal.id, { kind: 'expire', at: now.toISOString() })
    return { kind: 'expired', proposal: expired?.proposal ?? proposal }
  }
  if (state.kind === 'expired' || state.kind === 'superseded') return { kind: state.kind, proposal }
  return { kind: 'already', by: state.by, at: state.at, state: state.kind, proposal }
}

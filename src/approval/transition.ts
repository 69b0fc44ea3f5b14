import type { Proposal, ProposalState } from './proposal.ts'

/** What can happen to a proposal. `at` is an ISO instant. */
export type ProposalEvent =
  | { readonly kind: 'claim'; readonly by: string; readonly at: string }
  | { readonly kind: 'start'; readonly at: string }
  | {
      readonly kind: 'end'
      readonly as: 'succeeded' | 'failed' | 'refused'
      readonly detail: string
      readonly at: string
    }
  | { readonly kind: 'expire'; readonly at: string }
  | { readonly kind: 'supersede'; readonly at: string }

export type Transition =
  | { readonly ok: true; readonly state: ProposalState }
  | { readonly ok: false; readonly reason: TransitionRefusal }

export type TransitionRefusal =
  | 'expired'
  | 'superseded'
  | 'already-claimed'
  | 'ended'
  | 'not-claimed'
  | 'not-running'
  | 'not-due'

/** The whole life of a proposal, as a pure function: states only go forward, and a claim after the expiry is none. */
export function transition(proposal: Pick<Proposal, 'state' | 'expiresAt'>, event: ProposalEvent): Transition {
  const { state, expiresAt } = proposal
  if (event.kind === 'claim') return claim(state, expiresAt, event)
  if (event.kind === 'end') return end(state, event)
  if (event.kind === 'start') {
    return state.kind === 'claimed'
      ? accept({ kind: 'running', by: state.by, at: event.at })
      : refuse(whyNot[state.kind])
  }
  if (state.kind !== 'proposed') return refuse(whyNot[state.kind])
  if (event.kind === 'supersede') return accept({ kind: 'superseded', at: event.at })
  return event.at < expiresAt ? refuse('not-due') : accept({ kind: 'expired', at: event.at })
}

function claim(state: ProposalState, expiresAt: string, event: Extract<ProposalEvent, { kind: 'claim' }>): Transition {
  if (state.kind !== 'proposed') return refuse(whyNot[state.kind])
  if (event.at >= expiresAt) return refuse('expired')
  return accept({ kind: 'claimed', by: event.by, at: event.at })
}

/** What was claimed and not started can only end as refused. */
function end(state: ProposalState, { as, at, detail }: Extract<ProposalEvent, { kind: 'end' }>): Transition {
  if (state.kind === 'running') return accept({ kind: as, by: state.by, at, detail })
  if (state.kind !== 'claimed') return refuse(whyNot[state.kind])
  return as === 'refused' ? accept({ kind: 'refused', by: state.by, at, detail }) : refuse('not-running')
}

const whyNot = {
  proposed: 'not-claimed',
  claimed: 'already-claimed',
  running: 'already-claimed',
  succeeded: 'ended',
  failed: 'ended',
  refused: 'ended',
  expired: 'expired',
  superseded: 'superseded',
} as const satisfies Record<ProposalState['kind'], TransitionRefusal>

function accept(state: ProposalState): Transition {
  return { ok: true, state }
}

function refuse(reason: TransitionRefusal): Transition {
  return { ok: false, reason }
}

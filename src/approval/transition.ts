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
  const { state } = proposal
  switch (event.kind) {
    case 'claim':
      if (state.kind !== 'proposed') return refuse(whyNotOpen(state))
      if (event.at >= proposal.expiresAt) return refuse('expired')
      return accept({ kind: 'claimed', by: event.by, at: event.at })
    case 'start':
      if (state.kind !== 'claimed') return refuse(state.kind === 'running' ? 'already-claimed' : whyNotClaimed(state))
      return accept({ kind: 'running', by: state.by, at: event.at })
    case 'end':
      if (state.kind === 'claimed' && event.as === 'refused') return accept(ended(state.by, event))
      if (state.kind !== 'running') return refuse(state.kind === 'proposed' ? 'not-claimed' : whyNotRunning(state))
      return accept(ended(state.by, event))
    case 'expire':
      if (state.kind !== 'proposed') return refuse(whyNotOpen(state))
      return event.at < proposal.expiresAt ? refuse('not-due') : accept({ kind: 'expired', at: event.at })
    case 'supersede':
      return state.kind === 'proposed' ? accept({ kind: 'superseded', at: event.at }) : refuse(whyNotOpen(state))
  }
}

function accept(state: ProposalState): Transition {
  return { ok: true, state }
}

function refuse(reason: TransitionRefusal): Transition {
  return { ok: false, reason }
}

function ended(by: string, { as, at, detail }: Extract<ProposalEvent, { kind: 'end' }>): ProposalState {
  return { kind: as, by, at, detail }
}

function whyNotOpen(state: ProposalState): TransitionRefusal {
  switch (state.kind) {
    case 'expired':
    case 'superseded':
      return state.kind
    case 'claimed':
    case 'running':
      return 'already-claimed'
    case 'succeeded':
    case 'failed':
    case 'refused':
      return 'ended'
    case 'proposed':
      return 'not-claimed'
  }
}

function whyNotClaimed(state: ProposalState): TransitionRefusal {
  return state.kind === 'proposed' ? 'not-claimed' : whyNotOpen(state)
}

function whyNotRunning(state: ProposalState): TransitionRefusal {
  return state.kind === 'claimed' ? 'not-running' : whyNotOpen(state)
}

import type { Signed } from '../signing/signed.ts'
import type { Press } from './policy/decide.ts'
import type { Proposal, ProposalState } from './proposal.ts'

/** What can happen to a proposal. Times are ISO instants. */
export type ProposalEvent =
  /** A press that is not enough by itself. */
  | {
      readonly kind: 'ask'
      readonly by: string
      readonly at: string
      readonly presses: readonly Press[]
      readonly until: string
    }
  /** The next contact was told of it. */
  | { readonly kind: 'contact'; readonly at: string }
  | { readonly kind: 'claim'; readonly by: readonly string[]; readonly at: string; readonly approval: Signed }
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
  | 'asked'
  | 'already-claimed'
  | 'ended'
  | 'not-asked'
  | 'not-claimed'
  | 'not-running'
  | 'not-due'

/** The whole life of a proposal, as a pure function: states only go forward, and a press after the expiry is none. */
export function transition(proposal: Pick<Proposal, 'state' | 'expiresAt'>, event: ProposalEvent): Transition {
  const { state } = proposal
  switch (event.kind) {
    case 'end':
      return end(state, event)
    case 'start':
      return state.kind === 'claimed'
        ? accept({ kind: 'running', by: state.by, at: event.at })
        : refuse(whyNot[state.kind])
    case 'contact':
      return state.kind === 'asked' ? accept({ ...state, contacted: state.contacted + 1 }) : refuse('not-asked')
    case 'ask':
    case 'claim':
    case 'expire':
    case 'supersede':
      return whileOpen(proposal, event)
  }
}

/** Until when a press counts: being asked for, an offer is good for a while more. */
export function openUntil({ state, expiresAt }: Pick<Proposal, 'state' | 'expiresAt'>): string {
  return state.kind === 'asked' ? state.until : expiresAt
}

function whileOpen(
  proposal: Pick<Proposal, 'state' | 'expiresAt'>,
  event: Extract<ProposalEvent, { kind: 'ask' | 'claim' | 'expire' | 'supersede' }>,
): Transition {
  const { state } = proposal
  if (state.kind !== 'proposed' && state.kind !== 'asked') return refuse(whyNot[state.kind])
  if (event.kind === 'supersede') return accept({ kind: 'superseded', at: event.at })
  const over = event.at >= openUntil(proposal)
  if (event.kind === 'expire') return over ? accept({ kind: 'expired', at: event.at }) : refuse('not-due')
  if (over) return refuse('expired')
  if (event.kind === 'claim') return accept({ kind: 'claimed', by: event.by, at: event.at, approval: event.approval })
  const { by, at, presses, until } = event
  if (state.kind === 'proposed') return accept({ kind: 'asked', by, at, presses, until, contacted: 0 })
  // Who asked first, and when, decides when others are asked and when one may go on alone.
  return presses.length > state.presses.length ? accept({ ...state, presses, until }) : refuse('asked')
}

/** What was claimed and not started can only end as refused. */
function end(state: ProposalState, { as, at, detail }: Extract<ProposalEvent, { kind: 'end' }>): Transition {
  if (state.kind === 'running') return accept({ kind: as, by: state.by, at, detail })
  if (state.kind !== 'claimed') return refuse(whyNot[state.kind])
  return as === 'refused' ? accept({ kind: 'refused', by: state.by, at, detail }) : refuse('not-running')
}

const whyNot = {
  proposed: 'not-claimed',
  asked: 'not-claimed',
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

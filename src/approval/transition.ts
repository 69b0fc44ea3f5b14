import type { Signed } from '../signing/signed.ts'
import type { Asked, Proposal, ProposalState } from './proposal.ts'

/** What can happen to a proposal. Times are ISO instants. */
export type ProposalEvent =
  /** A press that is not enough by itself; `asked` is the state after it. */
  | { readonly kind: 'ask'; readonly at: string; readonly asked: Asked }
  /** Nobody answered, and the next contact is told of it: each once, whoever notices. */
  | { readonly kind: 'contact'; readonly at: string; readonly asked: Asked }
  /** `runUntil`: a run over several hosts that was approved in time lists it, and lets it be claimed that long. */
  | {
      readonly kind: 'claim'
      readonly by: readonly string[]
      readonly at: string
      readonly approval: Signed
      readonly runUntil?: string
    }
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
  /** It was decided on a state that is none any more: decide again. */
  | 'moved'

/** The whole life of a proposal, as a pure function: states only go forward, and a press after the expiry is none. */
export function transition(proposal: Pick<Proposal, 'state' | 'expiresAt'>, event: ProposalEvent): Transition {
  const { state } = proposal
  if (event.kind === 'end') return end(state, event)
  if (event.kind === 'contact') return contact(state, event)
  if (event.kind !== 'start') return whileOpen(proposal, event)
  return state.kind === 'claimed'
    ? accept({ kind: 'running', by: state.by, at: event.at, approval: state.approval })
    : refuse(whyNot[state.kind])
}

/** Until when a press counts: being asked for, an offer is good for a while more. */
export function openUntil({ state, expiresAt }: Pick<Proposal, 'state' | 'expiresAt'>): string {
  return state.kind === 'asked' ? state.until : expiresAt
}

/** Whether a press on it would still count. */
export function isOpenOffer(proposal: Pick<Proposal, 'state' | 'expiresAt'>, now: Date): boolean {
  const { kind } = proposal.state
  return (kind === 'proposed' || kind === 'asked') && now.toISOString() < openUntil(proposal)
}

/** Whether its action was approved by somebody, whatever became of it. */
export function isApproved({ state: { kind } }: Pick<Proposal, 'state'>): boolean {
  return kind === 'claimed' || kind === 'running' || kind === 'succeeded' || kind === 'failed' || kind === 'refused'
}

/** The time of the offer starts again, so that whoever hears of it now can still answer. A press that came meanwhile must not be lost. */
function contact(state: ProposalState, { at, asked }: Extract<ProposalEvent, { kind: 'contact' }>): Transition {
  if (state.kind !== 'asked') return refuse('not-asked')
  if (at >= state.until) return refuse('expired')
  const next = state.contacted + 1 === asked.contacted && state.presses.length === asked.presses.length
  return next ? accept(asked) : refuse('moved')
}

function whileOpen(
  proposal: Pick<Proposal, 'state' | 'expiresAt'>,
  event: Extract<ProposalEvent, { kind: 'ask' | 'claim' | 'expire' | 'supersede' }>,
): Transition {
  const { state } = proposal
  if (state.kind !== 'proposed' && state.kind !== 'asked') return refuse(whyNot[state.kind])
  if (event.kind === 'supersede') return accept({ kind: 'superseded', at: event.at })
  const over = event.at >= openUntil(proposal)
  if (event.kind === 'expire') return over ? accept({ kind: 'expired', at: openUntil(proposal) }) : refuse('not-due')
  const inRun = event.kind === 'claim' && event.runUntil !== undefined && event.at < event.runUntil
  if (over && !inRun) return refuse('expired')
  if (event.kind === 'claim') return accept({ kind: 'claimed', by: event.by, at: event.at, approval: event.approval })
  const { asked } = event
  if (state.kind === 'proposed') return asked.contacted === 0 ? accept(asked) : refuse('moved')
  if (asked.presses.length <= state.presses.length) return refuse('asked')
  // Who asked first, and when, decides when others are asked and when one may go on alone.
  const same = asked.by === state.by && asked.at === state.at && asked.contacted === state.contacted
  return same && asked.presses.length === state.presses.length + 1 ? accept(asked) : refuse('moved')
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

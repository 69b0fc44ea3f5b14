import type { Press } from '../approval/policy/decide.ts'
import type { FleetRun } from '../approval/fleet-run.ts'
import type { People } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Review } from '../approval/review.ts'
import type { Post } from './post.ts'
import type { DiagnosisRequest, FleetRequest, LookRequest } from './request.ts'
import type { Thread } from './thread.ts'

/** How a wish for a diagnosis was taken: a new one was queued, or one of the same host runs already and this thread now hears of it too. */
export interface Taken {
  readonly kind: 'queued' | 'joined'
  readonly diagnosisId: string
}

/** How many hosts of a fleet were queued, and how many are being diagnosed already. */
export interface FleetTaken {
  readonly queued: number
  readonly joined: number
}

/** Who presses, and how; ids decide, never names. */
export interface Presser {
  readonly userId: string
  readonly channel: string | null
  readonly how: Press['how']
  /** Written for a break-glass. */
  readonly reason: string | null
  readonly secondFactor: boolean
  /** Which of these user groups have him as a member at this moment. Rejects when nobody can tell. */
  readonly memberOf: (groups: readonly string[]) => Promise<readonly string[]>
  /** Why this person may approve nothing at all (deactivated, a guest, of another organisation), or null. Rejects when nobody can tell. */
  readonly whyNot: () => Promise<string | null>
  /** Tells the channel of the policy that he goes on alone; rejects when it does not hear of it. May be called again. */
  readonly announce: (review: Review) => Promise<void>
  /** It was announced and did not come about. */
  readonly callOff: (review: Review) => Promise<void>
}

/** Who presses the button of a run: by a click, for going on alone and codes are for one host at a time. */
export type RunPresser = Pick<Presser, 'userId' | 'channel'>

/** What a press is asked for beside itself. */
export interface PressWishes {
  readonly proposal: Proposal
  /** A code of a second factor. */
  readonly secondFactor: boolean
}

export type ReviewResult =
  | { readonly kind: 'reviewed'; readonly review: Review }
  | { readonly kind: 'refused'; readonly because: string }
  /** Somebody was faster, or it is not known. */
  | { readonly kind: 'gone' }

/** What became of a press on an action button. All but `unknown` and `forged` carry the proposal, so that its message can be redrawn. */
export type PressResult =
  /** This press won: the action is queued. */
  | { readonly kind: 'claimed'; readonly proposal: Proposal }
  /** Another person must press as well; `first`: nobody was asked before. */
  | {
      readonly kind: 'asked'
      readonly because: string
      readonly first: boolean
      /** This press is one of those that are needed. */
      readonly counts: boolean
      readonly approvers: People
      /** Nobody answered for long enough: he may go on alone. */
      readonly alone: boolean
      readonly proposal: Proposal
    }
  /** He may, with a code of his second factor. */
  | { readonly kind: 'code-wanted'; readonly proposal: Proposal }
  /** Somebody pressed before; `state` is where the action is by now. */
  | {
      readonly kind: 'already'
      readonly by: readonly string[]
      readonly at: string
      readonly state: 'claimed' | 'running' | 'succeeded' | 'failed' | 'refused'
      readonly proposal: Proposal
    }
  | { readonly kind: 'expired'; readonly proposal: Proposal }
  /** A newer diagnosis of the host took its place. */
  | { readonly kind: 'superseded'; readonly proposal: Proposal }
  /** This person may not, in words: "nobody is configured". The proposal stays open for others. */
  | { readonly kind: 'refused'; readonly because: string; readonly proposal: Proposal }
  /** What stands in Redis is not what a worker wrote. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' }

/** What the offers of a fleet come to: a button each. */
export type FleetOffer =
  /** One action on one host. `diagnosed`: the hosts whose diagnoses offer it. Pressed as the offer of one diagnosis. */
  | { readonly kind: 'one'; readonly proposal: Proposal; readonly diagnosed: readonly string[] }
  /** The same action on several hosts. `proposals`: of its members, in their order. */
  | { readonly kind: 'several'; readonly run: FleetRun; readonly proposals: readonly Proposal[] }

/** A person who pressed the button of a run. */
export type PresserOf = (userId: string, channel: string | null) => Presser

/**
 * Begins to ask Slack about people anew: what it is asked by one look holds for every person and every host of that look, and for nothing later.
 * Thirty hosts that are decided in one moment cost one call for each user group, of which Slack grants twenty a minute.
 */
export type LookAtPeople = () => PresserOf

/** What became of a press on the button of a run over several hosts. */
export type FleetPressResult =
  /** This press made it enough: the first hosts are begun. */
  | { readonly kind: 'begun'; readonly run: FleetRun }
  /** As PressResult. */
  | {
      readonly kind: 'asked'
      readonly because: string
      readonly counts: boolean
      readonly run: FleetRun
    }
  /** It goes, or has ended. */
  | { readonly kind: 'already'; readonly run: FleetRun }
  | { readonly kind: 'expired'; readonly run: FleetRun }
  /** Nothing was begun, and the offer stays. */
  | { readonly kind: 'refused'; readonly because: string; readonly run: FleetRun }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' }

/**
 * What Slack and the alert sources may ask of the queues. The thread of a request must have been opened in the
 * ThreadStore before. Rejects with QueueUnreachableError within about 3 s when Redis does not answer.
 */
export interface Desk {
  readonly diagnose: (request: DiagnosisRequest) => Promise<Taken>
  /** All of them or none: the thread becomes that of a fleet, which says once what its hosts answer. */
  readonly diagnoseAll: (request: FleetRequest) => Promise<FleetTaken>
  /** Each host is looked at, or heard along where a diagnosis of it runs; who waits for an answer goes first. */
  readonly look: (request: LookRequest) => Promise<void>
  readonly press: (proposalId: string, presser: Presser) => Promise<PressResult>
  /** The open ones of these proposals, the same of several hosts as one offer. `after`: the run that left them. Repeating it makes nothing new. */
  readonly offerTogether: (
    threadId: string,
    proposalIds: readonly string[],
    after?: string,
  ) => Promise<readonly FleetOffer[]>
  readonly pressTogether: (runId: string, by: RunPresser, look: LookAtPeople) => Promise<FleetPressResult>
  /** What a press will ask for; null: there is nothing to press. */
  readonly wishesOf: (proposalId: string) => Promise<PressWishes | null>
  /** Who went on alone and was not reviewed yet. */
  readonly reviews: () => Promise<readonly Review[]>
  /** Another person has looked at what somebody did alone. */
  readonly review: (proposalId: string, presser: Presser) => Promise<ReviewResult>
}

/**
 * Brings one update to its thread. Called in order of revision and never twice at the same time for one thread, but again
 * after a failure or a crash: it must be able to repeat. A rejection is tried again later; UndeliverableError is given up.
 */
export type Deliver = (post: Post, thread: Thread) => Promise<void>

/** Redis did not answer in time; nothing may be assumed about the request. The message can be shown to a person. */
export class QueueUnreachableError extends Error {
  override readonly name = 'QueueUnreachableError'

  constructor(cause?: unknown) {
    super('The job queue (Redis) is not reachable; the request may not have been taken. Try again in a minute.', {
      cause,
    })
  }
}

/** This update can never be delivered (channel deleted, bot removed for good): it is dropped with a log line, the next one goes on. */
export class UndeliverableError extends Error {
  override readonly name = 'UndeliverableError'
}

import type { CauseId, Kind } from '../diagnosis/cause.ts'
import type { Past } from '../history/past.ts'
import type { Confidence, Evidence, Remedy, Subject, UnreachableReason, Verdict } from '../diagnosis/diagnosis.ts'

/** What is kept of the answer of one host: as much as the messages of its fleet say, and no more. */
export interface FleetMember {
  /** Inventory name. */
  readonly host: string
  /** Id of the diagnosis, by which people judge it; absent where none could be made. */
  readonly diagnosis?: string
  /** failed: no diagnosis could be made. */
  readonly verdict: Verdict | 'failed'
  readonly headline: string
  /** What is remembered of the same trouble; absent where there is nothing. */
  readonly past?: Past
  /** The first finding; of an undetermined host the best guess. */
  readonly finding: MemberFinding | null
  /** What is missing for an answer, or what to do to get one. */
  readonly next: readonly string[]
  readonly reason: UnreachableReason | null
  readonly proposal: MemberProposal | null
}

export interface MemberFinding {
  readonly cause: CauseId
  readonly kind: Kind
  readonly confidence: Confidence
  readonly summary: string
  readonly failingNow: boolean
  readonly subject: Subject
  /** Server names that fail. */
  readonly sites: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly steps: readonly string[]
  readonly diff: string | null
  readonly remedy: Remedy | null
}

/** The offer that came with the answer. It is found by its id, and only its own signature makes it one. */
export interface MemberProposal {
  readonly id: string
  /** Where it acts: another host than the member's when the backend is at fault. */
  readonly host: string
  readonly action: Remedy['id']
  readonly target: string
  /** ISO instant. */
  readonly expiresAt: string
}

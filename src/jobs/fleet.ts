import type { FleetMember } from '../fleet/member.ts'

/** Several hosts that were asked for in one breath and answer in one thread. */
export interface Fleet {
  readonly threadId: string
  /** As it was asked for: "group:edge", "shop.example.com", "web-1, web-2". */
  readonly title: string
  readonly hosts: readonly FleetHost[]
  /** Counts up when hosts are asked for again after the last word. */
  readonly round: number
  /** The newest round of which every answer is in; its details are being told. */
  readonly closed: number
  /** The newest round of which everything was told. */
  readonly told: number
  /** Counts every change. */
  readonly version: number
  /** The version that the root message shows. */
  readonly shown: number
  /** When a host was last asked for or answered, ISO. */
  readonly changedAt: string
  /** Its root says that nobody answers. */
  readonly stalled: boolean
  /** How an action on its hosts goes, for people; empty: nobody has approved one. */
  readonly doing: string
}

export interface FleetHost {
  readonly host: string
  /** In which round it was asked for last. */
  readonly round: number
  /** Null: it has not answered. */
  readonly member: FleetMember | null
}

/** Fleets outlive processes as threads do. What was answered is written down first and shown after. */
export interface FleetStore {
  /** Threads of fleets that have something to show. What has nothing more is forgotten on the way. */
  readonly toShow: (now: Date) => Promise<readonly string[]>
  /** Null: there is none, or none any more. */
  readonly find: (threadId: string) => Promise<Fleet | null>
  /** Keeps the answer of one host. */
  readonly answered: (threadId: string, member: FleetMember, now: Date) => Promise<void>
  /** An action on its hosts began, went on or ended. */
  readonly doing: (threadId: string, line: string) => Promise<void>
  /** Takes the right to show this fleet, for so long at most; false: somebody has it, or it was shown a moment ago. */
  readonly take: (threadId: string, ms: number) => Promise<boolean>
  /** Keeps it for so long from now on; what is given back is kept for the pause between two edits. */
  readonly keep: (threadId: string, ms: number) => Promise<void>
  /** No answer is missing: whoever is asked from now on belongs to another round. False when it changed since. */
  readonly close: (fleet: Fleet) => Promise<boolean>
  /** Everything of this version is shown. */
  readonly shown: (fleet: Fleet, stalled: boolean) => Promise<void>
  /** Every detail of the closed round was told. */
  readonly told: (fleet: Fleet) => Promise<void>
}

/** So long without an answer, and somebody who waits should hear that nobody gives one, ms: two diagnoses one after the other. */
export const stallMs = 60_000

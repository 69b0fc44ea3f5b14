import type { FleetRun, RunOutcome, RunPress } from './fleet-run.ts'

/** What can happen to a run. Times are ISO instants. */
export type RunEvent =
  /** A press that is not enough by itself; `press`: null when it does not count. */
  | {
      readonly kind: 'ask'
      readonly at: string
      readonly by: string
      readonly press: RunPress | null
      readonly until: string
    }
  /** Nobody answered, and the next contact is told of it. */
  | { readonly kind: 'contact'; readonly at: string; readonly nth: number; readonly until: string }
  /** Enough people have pressed. `gone`: hosts whose offers are none any more. */
  | {
      readonly kind: 'start'
      readonly at: string
      readonly presses: readonly RunPress[]
      readonly gone: ReadonlyMap<string, string>
    }
  /** The turn of these proposals has come. */
  | { readonly kind: 'begin'; readonly at: string; readonly proposals: readonly string[] }
  | { readonly kind: 'approved'; readonly at: string; readonly proposal: string }
  /** It was not approved; its run begins nothing more. */
  | { readonly kind: 'left'; readonly at: string; readonly proposal: string; readonly because: string }
  /** The worker says how it ended. `healthy`: the host was seen healthy after it. */
  | {
      readonly kind: 'heard'
      readonly at: string
      readonly proposal: string
      readonly outcome: RunOutcome
      readonly healthy: boolean
      readonly detail: string
    }
  /** A host that was cured fails again. */
  | { readonly kind: 'relapsed'; readonly at: string; readonly proposal: string; readonly detail: string }
  /** The clock alone. */
  | { readonly kind: 'look'; readonly at: string }

export type Stepped =
  | { readonly ok: true; readonly run: FleetRun }
  | { readonly ok: false; readonly reason: 'over' | 'going' | 'moved' | 'nothing' }

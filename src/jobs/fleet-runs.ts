import type { PresserOf } from './desk.ts'
import { createHearRun } from './hear-run.ts'
import type { ThreadUpdate } from './post.ts'
import { createRunSweep, type SweepRunParts } from './sweep-runs.ts'

/** What moves runs over several hosts, beside the presses of people: what workers say, and time. */
export function createFleetRuns(
  parts: SweepRunParts,
  others: PresserOf,
): { readonly hear: (update: ThreadUpdate) => Promise<void>; readonly sweep: () => Promise<void> } {
  return { hear: createHearRun(parts, others), sweep: createRunSweep(parts, others) }
}

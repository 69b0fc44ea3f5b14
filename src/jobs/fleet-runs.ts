import type { LookAtPeople } from './desk.ts'
import { createHearRun } from './hear-run.ts'
import type { ThreadUpdate } from './post.ts'
import { createRunSweep, type SweepRunParts } from './sweep-runs.ts'

/** What moves runs over several hosts, beside the presses of people: what workers say, and time. */
export function createFleetRuns(
  parts: SweepRunParts,
  look: LookAtPeople,
): { readonly hear: (update: ThreadUpdate) => Promise<void>; readonly sweep: () => Promise<void> } {
  return { hear: createHearRun(parts, look), sweep: createRunSweep(parts, look) }
}

import type { DiagnosisKept } from './entry.ts'
import { byOf, type RowWithIds } from './outline-row.ts'

/** Looks that could not tell, or did not reach the host: those in a row that say the same are one. */
export function untoldRows(looks: readonly DiagnosisKept[], host: string): readonly RowWithIds[] {
  const runs: DiagnosisKept[][] = []
  let before: DiagnosisKept | undefined
  for (const look of looks) {
    const none = look.verdict === 'undetermined' || look.verdict === 'unreachable'
    const same = before !== undefined && before.verdict === look.verdict && before.headline === look.headline
    if (none && same) runs.at(-1)?.push(look)
    else if (none) runs.push([look])
    before = look
  }
  return runs.flatMap((run) => {
    const [first] = run
    if (first === undefined) return []
    return {
      host,
      from: first.at,
      lastSeen: run.at(-1)?.at ?? first.at,
      looks: run.length,
      wellAt: null,
      cause: null,
      what: first.headline,
      by: byOf(run),
      actions: [],
      ids: new Set(run.map(({ id }) => id)),
    }
  })
}

import type { CauseId } from '../diagnosis/cause.ts'
import type { HistoryEntry } from './entry.ts'
import type { OutlineRow } from './outline-row.ts'
import { troubleRows } from './trouble-rows.ts'
import { untoldRows } from './untold-rows.ts'

export interface Outline {
  /** Newest first. */
  readonly rows: readonly OutlineRow[]
  /** Outbreaks of each cause, the most frequent first. */
  readonly counts: readonly { readonly cause: CauseId; readonly count: number }[]
  /** Looks in which nothing was failing. */
  readonly healthy: number
}

/** What a host has been through, by what is remembered of it. Pure. */
export function outlineOf(host: string, entries: readonly HistoryEntry[]): Outline {
  const looks = entries.filter((each) => each.kind === 'diagnosis').filter((each) => each.host === host)
  const sorted = looks.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const feedback = entries.filter((each) => each.kind === 'feedback')
  const rows = [...troubleRows(sorted, host, entries), ...untoldRows(sorted, host)]
  return summed(
    rows.map(({ ids, ...row }) => ({ ...row, feedback: feedback.filter(({ diagnosis }) => ids.has(diagnosis)) })),
    sorted.filter(({ verdict }) => verdict === 'healthy').length,
  )
}

/** Several hosts side by side; `cause` leaves out every other one. */
export function together(outlines: readonly Outline[], cause: CauseId | null = null): Outline {
  const rows = outlines.flatMap((each) => each.rows).filter((row) => cause === null || row.cause === cause)
  return summed(rows, cause === null ? outlines.reduce((sum, { healthy }) => sum + healthy, 0) : 0)
}

function summed(rows: readonly OutlineRow[], healthy: number): Outline {
  const counts = new Map<CauseId, number>()
  for (const { cause } of rows) if (cause !== null) counts.set(cause, (counts.get(cause) ?? 0) + 1)
  return {
    rows: rows.toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from) || a.host.localeCompare(b.host)),
    counts: [...counts].map(([cause, count]) => ({ cause, count })).toSorted((a, b) => b.count - a.count),
    healthy,
  }
}

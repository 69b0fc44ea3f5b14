import type { CauseId } from '../diagnosis/cause.ts'
import type { ActionKept, DiagnosisKept, FeedbackKept, FindingKept, HistoryEntry } from './entry.ts'
import { historyOfTrouble, type TroubleHistory } from './outbreaks.ts'
import { sameTrouble, thingOf } from './same-trouble.ts'

/** One thing that was wrong with a host for a while, or several looks in a row that found no cause. */
export interface OutlineRow {
  readonly host: string
  /** Begin and last look, ISO. */
  readonly from: string
  readonly lastSeen: string
  readonly looks: number
  /** The first look after it in which nothing was failing, ISO; null where there was none before it began again. */
  readonly wellAt: string | null
  /** null: no cause was found. */
  readonly cause: CauseId | null
  /** Of a cause: what it is about ("shop-api.service", null for the whole host). Of none: what was said instead. */
  readonly what: string | null
  /** By somebody at least, or by an alert or a schedule alone. */
  readonly by: DiagnosisKept['by']
  readonly actions: readonly OutlineAction[]
  readonly feedback: readonly FeedbackKept[]
}

export interface OutlineAction {
  readonly kept: ActionKept
  /** How long it held, ms; null: it did not cure, or it has held since. */
  readonly heldMs: number | null
}

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
  const rows = [
    ...answersIn(sorted, host).flatMap((answer) => rowsOf(answer, host, entries, sorted)),
    ...rowsWithoutCause(sorted, host),
  ]
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

type RowWithIds = Omit<OutlineRow, 'feedback'> & { readonly ids: ReadonlySet<string> }

/** The troubles that were answers, each once. */
function answersIn(looks: readonly DiagnosisKept[], host: string): readonly FindingKept[] {
  const answers: FindingKept[] = []
  for (const look of looks) {
    const [answer] = look.findings
    if (look.verdict !== 'diagnosed' || answer === undefined || !answer.failingNow) continue
    if (!answers.some((known) => sameTrouble(known, answer, { one: host, other: host }))) answers.push(answer)
  }
  return answers
}

function rowsOf(
  answer: FindingKept,
  host: string,
  entries: readonly HistoryEntry[],
  looks: readonly DiagnosisKept[],
): readonly RowWithIds[] {
  const history = historyOfTrouble(answer, host, entries)
  return history.outbreaks.map((outbreak, index) => {
    const next = history.outbreaks[index + 1]
    return {
      host,
      from: new Date(outbreak.from).toISOString(),
      lastSeen: new Date(outbreak.lastSeen).toISOString(),
      looks: outbreak.diagnoses.length,
      wellAt: wellBetween(looks, outbreak.lastSeen, next?.from ?? Infinity),
      cause: answer.cause,
      what: thingOf(answer),
      by: byOf(outbreak.diagnoses),
      actions: actionsIn(history, outbreak.from, next?.from ?? Infinity),
      ids: new Set(outbreak.diagnoses.map(({ id }) => id)),
    }
  })
}

function wellBetween(looks: readonly DiagnosisKept[], from: number, to: number): string | null {
  const well = looks.find(({ verdict, at }) => verdict === 'healthy' && Date.parse(at) > from && Date.parse(at) < to)
  return well?.at ?? null
}

function actionsIn({ tries }: TroubleHistory, from: number, back: number): readonly OutlineAction[] {
  return tries
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < Math.max(back, from + 1))
    .map((kept) => ({
      kept,
      heldMs: kept.outcome === 'resolved' && back < Infinity ? Math.max(0, back - Date.parse(kept.at)) : null,
    }))
}

/** A person counts before a machine. */
function byOf(looks: readonly DiagnosisKept[]): DiagnosisKept['by'] {
  return looks.some(({ by }) => by === 'user') ? 'user' : (looks[0]?.by ?? 'user')
}

/** Looks that could not tell, or did not reach the host: those in a row that say the same are one. */
function rowsWithoutCause(looks: readonly DiagnosisKept[], host: string): readonly RowWithIds[] {
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

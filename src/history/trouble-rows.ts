import type { DiagnosisKept, FindingKept, HistoryEntry } from './entry.ts'
import { historyOfTrouble, type TroubleHistory } from './outbreaks.ts'
import { byOf, type OutlineAction, type RowWithIds } from './outline-row.ts'
import { sameTrouble, thingOf } from './same-trouble.ts'

/** One row for each outbreak of each trouble that was the answer of a look. Looks: of this host, oldest first. */
export function troubleRows(
  looks: readonly DiagnosisKept[],
  host: string,
  entries: readonly HistoryEntry[],
): readonly RowWithIds[] {
  return answersIn(looks, host).flatMap((answer) => rowsOf(answer, host, entries, looks))
}

/** Unlike troubles of a host; each is searched for in all of its entries, and names in logs are free for whoever writes there. */
const mostTroubles = 100

/** The troubles that were answers, each once, the newest ones. */
function answersIn(looks: readonly DiagnosisKept[], host: string): readonly FindingKept[] {
  const answers: FindingKept[] = []
  for (const look of looks.toReversed()) {
    if (answers.length >= mostTroubles) break
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

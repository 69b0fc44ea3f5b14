import type { DiagnosisKept } from '../history/entry.ts'
import type { History } from '../history/store.ts'
import type { DiagnosisRequest } from './request.ts'

/** A look that tells what the last entry tells is kept once in this time, ms: a watch of a day must not push out what a year has seen. */
const sameForMs = 30 * 60_000

export interface WorthParts {
  readonly history: Pick<History, 'of'>
  readonly now: () => Date
}

/** Whether a diagnosis is to be remembered: any that somebody asked for, and a look that brings news. */
export async function isWorthKeeping(
  { look }: DiagnosisRequest,
  kept: DiagnosisKept,
  { history, now }: WorthParts,
): Promise<boolean> {
  if (!look) return true
  const to = now()
  const { entries } = await history.of(kept.host, { from: new Date(to.getTime() - sameForMs), to, most: 1 })
  const [last] = entries
  return last?.kind !== 'diagnosis' || saidBy(last) !== saidBy(kept)
}

function saidBy({ verdict, findings }: DiagnosisKept): string {
  return JSON.stringify([verdict, ...findings.map(({ cause, failingNow, subject }) => [cause, failingNow, subject])])
}

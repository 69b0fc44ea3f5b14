import type { CauseId } from '../diagnosis/cause.ts'
import type { FeedbackKept, HistoryEntry } from './entry.ts'

/** What it was, as a person says it: a cause of the list, nothing at all, or something that the list does not have. */
export type Truth = CauseId | 'nothing-wrong' | 'not-listed'

/** How many people say what about one diagnosis. */
export interface Tally {
  readonly right: number
  readonly wrong: number
  /** Named oftenest first. */
  readonly instead: readonly { readonly truth: Truth; readonly people: number }[]
}

export const nobodySaid: Tally = { right: 0, wrong: 0, instead: [] }

export function feedbackOn(entries: readonly HistoryEntry[], diagnosis: string): readonly FeedbackKept[] {
  return entries.filter((entry) => entry.kind === 'feedback').filter((entry) => entry.diagnosis === diagnosis)
}

/** Each person counts once: of several words of one person the newest holds. */
export function tallyOf(feedback: readonly FeedbackKept[]): Tally {
  const newest = [
    ...new Map(
      feedback.toSorted((one, other) => one.at.localeCompare(other.at)).map((each) => [each.by, each]),
    ).values(),
  ]
  const people = new Map<Truth, number>()
  for (const each of newest.filter(({ said }) => said === 'something-else'))
    people.set(truthOf(each), (people.get(truthOf(each)) ?? 0) + 1)
  return {
    right: newest.filter(({ said }) => said === 'right').length,
    wrong: newest.filter(({ said }) => said === 'wrong').length,
    instead: [...people]
      .map(([truth, count]) => ({ truth, people: count }))
      .toSorted((one, other) => other.people - one.people || one.truth.localeCompare(other.truth)),
  }
}

export function truthOf({ cause, nothingWrong }: FeedbackKept): Truth {
  return nothingWrong ? 'nothing-wrong' : (cause ?? 'not-listed')
}

import type { Evidence } from '../diagnosis/diagnosis.ts'
import { inWords } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { seenBy } from './knowledge.ts'

/** What the access log counted for a trouble: "500 on /cart: 30 times, last 3 s ago". */
export function countedAnswers({ answers = [] }: Trouble): readonly Evidence[] {
  if (answers.length === 0) return []
  const lines = answers
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 4)
    .map(
      ({ status, segment, count, lastAgo, fromUpstream, noUpstream }) =>
        `${status} on ${segment ?? '?'}: ${count} times, last ${inWords(lastAgo)} ago${fromUpstream > 0 ? ', the same from the upstream' : noUpstream > 0 ? ', no upstream asked' : ''}`,
    )
  return [seenBy('access-log', 'tail of the access log', lines.join('\n'))]
}

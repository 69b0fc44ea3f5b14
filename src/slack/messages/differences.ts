import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { dayToken } from './when.ts'

type Compared = Pick<Diagnosis, 'differences' | 'lastHealthyAt'>

const mostShown = 10

/** "Different from the last healthy look (21 Nov 03:04)" in mrkdwn; null without such a look, and where nothing differs. */
export function differencesTitle({ differences = [], lastHealthyAt }: Compared): string | null {
  if (lastHealthyAt === undefined || differences.length === 0) return null
  return `Different from the last healthy look (${dayToken(lastHealthyAt)})`
}

export function differencesShown({ differences = [] }: Compared): readonly string[] {
  const more = differences.length - mostShown
  return [...differences.slice(0, mostShown), ...(more > 0 ? [`and ${more} more`] : [])]
}

/** The first of them in one line for the summary; null where nothing differs or nothing is known. */
export function differencesInShort(compared: Compared): string | null {
  const title = differencesTitle(compared)
  const [first, ...rest] = compared.differences ?? []
  if (title === null || first === undefined) return null
  const more = rest.length === 0 ? '' : ` · and ${rest.length} more in the thread`
  return `${title}: ${mrkdwn(inertLine(first, 200), 200)}${more}`
}

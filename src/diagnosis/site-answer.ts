/** What one live request through nginx was answered with. */
export interface SiteAnswer {
  /** "shop.example.com/" as it was asked for. */
  readonly site: string
  /** HTTP status; null: no answer came. */
  readonly status: number | null
}

/** The same request before and after an action; null: it was not made then. */
export interface AnswerChange {
  readonly site: string
  readonly before: SiteAnswer['status'] | 'not-asked'
  readonly after: SiteAnswer['status'] | 'not-asked'
}

/** Sites in the order of the later look, with those behind them that only the earlier one has asked. */
export function answerChanges(before: readonly SiteAnswer[], after: readonly SiteAnswer[]): readonly AnswerChange[] {
  const sites = new Set([...after, ...before].map(({ site }) => site))
  return [...sites].map((site) => ({ site, before: statusIn(before, site), after: statusIn(after, site) }))
}

/** The worst answer where one site was asked through several listeners. */
function statusIn(answers: readonly SiteAnswer[], site: string): AnswerChange['before'] {
  const statuses = answers.filter((answer) => answer.site === site).map(({ status }) => status)
  if (statuses.length === 0) return 'not-asked'
  return statuses.includes(null) ? null : Math.max(...statuses.map(Number))
}

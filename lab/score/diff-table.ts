import { diffFiguresOf } from './figures.ts'
import type { Scored } from './result.ts'

/** For each cause whose diff was shown how far it came, then those that did not cure, by name. */
export function diffLines(scored: readonly Scored[]): readonly string[] {
  const tried = scored.flatMap(({ id, kind, diff }) => (diff === null ? [] : [{ id, kind, ...diff }]))
  const causes = [...new Set(tried.map(({ cause }) => cause))].toSorted()
  const rows = causes.map((cause) =>
    rowOf(
      cause,
      scored.filter(({ diff }) => diff?.cause === cause),
    ),
  )
  const failed = tried.filter(({ cured }) => !cured)
  return [
    "When root's first finding showed a diff, it was applied on its host by `patch -p1 -d /` after all users had looked, tested by `nginx -t` and loaded as its steps say. Cured: the sites answer, the requests that failed are answered when they are made again, and one more look names neither the cause nor a new one.",
    '',
    '| cause | shown | applied | valid | cured |',
    '|---|---|---|---|---|',
    ...rows,
    rowOf('all', scored),
    ...(failed.length === 0
      ? []
      : ['', ...failed.map(({ id, kind, cause, why }) => `- ${id} (${kind}), ${cause}: ${why}`)]),
  ]
}

function rowOf(name: string, some: readonly Scored[]): string {
  const { shown, applied, valid, cured } = diffFiguresOf(some)
  return `| ${[name, shown, applied, valid, cured].join(' | ')} |`
}

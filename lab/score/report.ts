import { diffLines } from './diff-table.ts'
import { type Figures, figuresOf, macroF1 } from './figures.ts'
import type { Failed, RunHeader, Scored } from './result.ts'
import { hostClasses } from './result.ts'

/** docs/accuracy.md: what one run found, in figures first and in every diagnosis that was not right last. */
export function accuracyReport(header: RunHeader, scored: readonly Scored[], failed: readonly Failed[]): string {
  const users = header.users.filter((user) => scored.some((each) => each.user === user))
  const as = (user: string, some = scored): readonly Scored[] => some.filter((each) => each.user === user)
  return [
    '# Accuracy',
    '',
    `Written by \`${commandOf(header)}\` on ${header.startedAt.slice(0, 10)}, at commit ${header.commit}; ${header.versions}.`,
    'Every line is a fault on fresh hosts with names, ports, files and backends that follow from the seed, diagnosed once as each user over SSH.',
    '',
    '- **top-1**: the first finding names the true cause about the right unit, address, file and host, at likely or confirmed; on a host without a fault, the verdict is healthy; where nothing more can be told, it says so.',
    '- **wrong-confident**: another cause, or the right one about something else, at likely or confirmed and as failing now.',
    '- **alarm**: a failing cause at likely or confirmed on a host where nothing fails. **said healthy**: of a host that fails, or that this user cannot judge.',
    '',
    '## By user',
    '',
    ...userTable(users.map((user) => [userName(user), as(user)])),
    '',
    '## By class of host',
    '',
    ...classTable(header, scored, users),
    '',
    '## With each probe taken away in turn',
    '',
    ...weakenedLines(scored),
    '',
    '## Diffs',
    '',
    ...diffLines(scored),
    '',
    '## By cause',
    '',
    ...causeTable(scored, users),
    '',
    '## What was not right',
    '',
    ...notRight(scored, failed),
    '',
  ].join('\n')
}

function commandOf({ seed, shapes, users, since }: RunHeader): string {
  const options = [
    seed === null ? '' : ` --seed ${seed} --shapes ${shapes}`,
    users.length === 3 ? '' : ` --users ${users.join(',')}`,
    since === null ? '' : ` --since ${since}`,
  ]
  return `npm run lab -- score${options.join('')} --write docs/accuracy.md`
}

function userTable(groups: readonly (readonly [string, readonly Scored[]])[]): readonly string[] {
  return [
    '| user | hosts | top-1 | of those answered | macro-F1 | cannot tell | wrong | wrong-confident | alarms | said healthy |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...groups.map(([name, some]) => {
      const of = figuresOf(some)
      const f1 = macroF1(some)
      const answered = of.right + of.wrong
      return row([
        name,
        of.hosts,
        share(of.right, of.hosts),
        share(of.right, answered),
        f1 === null ? '-' : f1.toFixed(3),
        of.undetermined,
        of.wrong,
        of.wrongConfident,
        of.alarms,
        of.saysHealthy,
      ])
    }),
  ]
}

function classTable(header: RunHeader, scored: readonly Scored[], users: readonly string[]): readonly string[] {
  const groups = [
    ...hostClasses.map((name) => [name, scored.filter((each) => each.class === name)] as const),
    ...(header.since === null
      ? []
      : ([
          [`written before ${header.since}`, scored.filter(({ late }) => !late)],
          [`written after ${header.since}`, scored.filter(({ late }) => late)],
        ] as const)),
  ].filter(([, some]) => some.length > 0)
  return [
    '| class | user | hosts | top-1 | cannot tell | wrong | wrong-confident | alarms | said healthy |',
    '|---|---|---|---|---|---|---|---|---|',
    ...groups.flatMap(([name, some]) =>
      users.map((user) => row([name, user, ...figureCells(figuresOf(some.filter((each) => each.user === user)))])),
    ),
  ]
}

function figureCells(of: Figures): readonly (string | number)[] {
  return [of.hosts, share(of.right, of.hosts), of.undetermined, of.wrong, of.wrongConfident, of.alarms, of.saysHealthy]
}

function causeTable(scored: readonly Scored[], users: readonly string[]): readonly string[] {
  const truths = [...new Set(scored.map(({ truth }) => truth ?? '-'))].toSorted()
  return [
    `| what is true | hosts | ${users.map((user) => `${user}: right / cannot tell / wrong`).join(' | ')} |`,
    `|---|---|${users.map(() => '---|').join('')}`,
    ...truths.map((truth) => {
      const some = scored.filter((each) => (each.truth ?? '-') === truth)
      const cells = users.map((user) => {
        const { right, undetermined, wrong } = figuresOf(some.filter((each) => each.user === user))
        return `${right} / ${undetermined} / ${wrong}`
      })
      return row([truth === '-' ? 'none of the catalogue' : truth, new Set(some.map(({ id }) => id)).size, ...cells])
    }),
  ]
}

/** A host about which the whole answer errs is told there, once; here it would hide what a missing probe alone does. */
function weakenedLines(scored: readonly Scored[]): readonly string[] {
  const runs = scored.flatMap((each) => (each.weakened === null ? [] : [{ ...each, weakened: each.weakened }]))
  const whole = runs.filter((each) => each.wrongConfident.length > 0 || each.saysHealthy)
  const rest = runs.filter((each) => !whole.includes(each))
  const count = (some: typeof runs) => some.reduce((sum, { weakened }) => sum + weakened.count, 0)
  const wrong = rest.filter(({ weakened }) => weakened.wrongConfident.length > 0)
  const healthy = rest.filter(({ weakened }) => weakened.saysHealthy.length > 0)
  return [
    `Each recording as root judged again with one probe missing, timed out, cut in half or refused: ${count(runs)} diagnoses. Of the ${rest.length} hosts about which the whole answer is neither wrong-confident nor a false "healthy" (${count(rest)} diagnoses), ${wrong.length} become wrong-confident and ${healthy.length} are called healthy by some of them; the other ${whole.length} are listed below.`,
    '',
    ...wrong.map(({ id, weakened }) => `- ${id}: ${weakened.wrongConfident.slice(0, 8).join('; ')}`),
    ...healthy.map(({ id, weakened }) => `- ${id}: healthy with ${weakened.saysHealthy.slice(0, 8).join('; ')}`),
  ]
}

/** What the user without rights cannot tell is left to the figures: it is most of it, and for the same reason. */
function notRight(scored: readonly Scored[], failed: readonly Failed[]): readonly string[] {
  const lines = scored
    .filter(({ outcome, user }) => outcome === 'wrong' || (outcome === 'undetermined' && user !== 'plain'))
    .map(
      ({ id, kind, user, truth, outcome, headline, wrongConfident, differences }) =>
        `- ${id} (${kind}) as ${user}, true is ${truth ?? 'nothing of the catalogue'}: ${outcome}${wrongConfident.length > 0 ? `, wrong-confident (${wrongConfident.join('; ')})` : ''}. "${headline.replaceAll(/\s+/g, ' ')}" ${differences.join('; ')}`,
    )
  const broken = failed.map(
    ({ id, error }) => `- ${id}: not scored, the host could not be made or broken: ${error.slice(0, 200)}`,
  )
  return lines.length + broken.length === 0 ? ['Nothing.'] : [...lines, ...broken]
}

function userName(user: string): string {
  return { root: 'root', medic: 'medic, with the sudoers file', plain: 'plain, without rights' }[user] ?? user
}

function share(part: number, of: number): string {
  return of === 0 ? '-' : `${part} of ${of} (${((100 * part) / of).toFixed(1)} %)`
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

import type { Diagnosis, OneMoreQuestion } from '../diagnosis/diagnosis.ts'
import { causesOf } from '../nginx/line-causes.ts'
import { settlingQuestion } from '../nginx/settling-question.ts'
import type { Facts } from '../probes/index.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { pasteables } from './pasteable.ts'

type Told = Pick<Diagnosis, 'verdict' | 'findings' | 'unjudged' | 'unseen'>

/** An open question of the finding itself weighs more than what a healthy verdict lacks, and that more than a rule that did not run. */
const weights = { open: 10, unseen: 8, unjudged: 1 } as const

/**
 * The one command whose output would settle an undetermined diagnosis: of what could not be seen, that which most of the open
 * questions name; when all could be seen, what a person would look at next for that line. Null when there is nothing to ask. Pure.
 */
export function askOf(facts: Facts, told: Told, open: readonly Trouble[]): OneMoreQuestion | null {
  if (told.verdict !== 'undetermined') return null
  const best = (questions: readonly OneMoreQuestion[]): OneMoreQuestion | undefined =>
    questions
      .map((question) => ({ question, weight: weightOf(question.why, told) }))
      .filter(({ weight }) => weight > 0)
      .toSorted((a, b) => b.weight - a.weight)[0]?.question
  // What can be pasted can be judged: it comes before what a person alone would have to read.
  return best(byPasting(facts)) ?? best(byFact(facts)) ?? nextLook(open)
}

function byPasting(facts: Facts): readonly OneMoreQuestion[] {
  return pasteables.flatMap(({ probe, missing }) => {
    const found = missing(facts)
    return found === null ? [] : [{ command: found.command, why: found.reason, probe }]
  })
}

/** What a person would type to see the same; its output has no way back. */
function byFact(facts: Facts): readonly OneMoreQuestion[] {
  const pasted = new Set<string>(pasteables.map(({ probe }) => probe))
  return Object.values(facts).flatMap((fact) =>
    fact.known || pasted.has(fact.source.probe) || !isWhole(fact.source.command)
      ? []
      : [{ command: fact.source.command, why: fact.reason, probe: null }],
  )
}

/** "curl" alone is a program and no command that a person could run; nor is one with words in capitals to be filled in. */
function isWhole(command: string): boolean {
  return command.includes(' ') && !/\b[A-Z]{4,}\b/.test(command)
}

function weightOf(reason: string, { findings, unjudged, unseen }: Told): number {
  // A snapshot of an older version lacks probes: that is no gap on the host.
  if (reason === '' || reason === 'it was not asked') return 0
  const named = (texts: readonly string[]): number => texts.filter((text) => text.includes(reason)).length
  const questions = findings.slice(0, 2).flatMap(({ openQuestions }) => openQuestions)
  return (
    weights.open * named(questions.map(({ because }) => because)) +
    weights.unseen * Math.min(1, named(unseen)) +
    weights.unjudged * Math.min(5, named(unjudged.map(({ because }) => because)))
  )
}

function nextLook(open: readonly Trouble[]): OneMoreQuestion | null {
  const line = open.flatMap(({ groups }) => groups)[0]?.line
  const question = line === undefined ? null : settlingQuestion(causesOf(line))
  return question === null ? null : { command: question.command, why: `it tells ${question.tells}`, probe: null }
}

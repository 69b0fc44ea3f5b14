import type { Confidence, Verdict } from '../diagnosis/diagnosis.ts'
import type { CauseId } from '../diagnosis/cause.ts'
import type { DiagnosisKept, HistoryEntry } from './entry.ts'
import { feedbackOn, type Tally, tallyOf, type Truth } from './tally.ts'

/** One diagnosis that people have judged. */
export interface Judged {
  readonly id: string
  readonly host: string
  readonly at: string
  readonly verdict: Verdict
  /** Of the first finding; null where there is none, or the verdict does not rest on it. */
  readonly answer: CauseId | null
  readonly confidence: Confidence | null
  readonly headline: string
  readonly tally: Tally
  /** disputed: as many say right as say something else. */
  readonly judgement: 'right' | 'wrong' | 'disputed'
  /** What it was, as most of those say who name something. */
  readonly truth: Truth | null
}

export interface Share {
  readonly right: number
  readonly of: number
  /** 95 %, 0 to 1; null where nothing was judged. */
  readonly interval: { readonly from: number; readonly to: number } | null
}

export interface HitRate {
  /** Diagnoses in the span, of every verdict. */
  readonly diagnoses: number
  /** Of those that gave an answer (a cause, or "healthy"). */
  readonly answers: number
  /** Judged answers; a disputed one counts as judged and not as right. */
  readonly rate: Share
  readonly byCause: readonly { readonly cause: CauseId | 'healthy'; readonly rate: Share }[]
  /** Wrong although it said likely or confirmed. */
  readonly wrongConfident: readonly Judged[]
  readonly otherWrong: readonly Judged[]
  readonly disputed: readonly Judged[]
  /** It said that it could not tell, and people named what it was. */
  readonly named: readonly Judged[]
}

/** What people say of the answers among these entries; entries of several hosts may be mixed. */
export function hitRate(entries: readonly HistoryEntry[]): HitRate {
  // A fault of another machine is kept at both hosts.
  const diagnoses = [...new Map(entries.filter((one) => one.kind === 'diagnosis').map((one) => [one.id, one])).values()]
  const feedback = entries.filter((one) => one.kind === 'feedback')
  const said = new Set(feedback.map(({ diagnosis }) => diagnosis))
  const judged = diagnoses.filter(({ id }) => said.has(id)).map((one) => judge(one, feedback))
  const answers = judged.filter(isAnswer)
  const wrong = answers.filter(({ judgement }) => judgement === 'wrong')
  return {
    diagnoses: diagnoses.length,
    answers: diagnoses.filter(isAnswer).length,
    rate: share(answers),
    byCause: byCause(answers),
    wrongConfident: wrong.filter(isConfident),
    otherWrong: wrong.filter((one) => !isConfident(one)),
    disputed: answers.filter(({ judgement }) => judgement === 'disputed'),
    named: judged.filter((one) => !isAnswer(one) && one.truth !== null),
  }
}

function judge(one: DiagnosisKept, feedback: readonly HistoryEntry[]): Judged {
  const { id, host, at, verdict, headline, findings } = one
  const first = verdict === 'diagnosed' ? findings[0] : undefined
  const answer = first?.cause ?? null
  const tally = tallyOf(feedbackOn(feedback, id))
  const agree = (truth: Truth): boolean => truth === (verdict === 'healthy' ? 'nothing-wrong' : answer)
  const same = tally.instead.filter(({ truth }) => agree(truth)).reduce((sum, { people }) => sum + people, 0)
  const others = tally.instead.filter(({ truth }) => !agree(truth))
  const right = tally.right + same
  const against = tally.wrong + others.reduce((sum, { people }) => sum + people, 0)
  return {
    id,
    host,
    at,
    verdict,
    answer,
    confidence: first?.confidence ?? null,
    headline,
    tally,
    judgement: right > against ? 'right' : right < against ? 'wrong' : 'disputed',
    truth: others[0]?.truth ?? null,
  }
}

/** Whoever says that he cannot tell is neither right nor wrong. */
function isAnswer({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'diagnosed' || verdict === 'healthy'
}

function isConfident({ verdict, confidence }: Judged): boolean {
  return verdict === 'healthy' || confidence === 'likely' || confidence === 'confirmed'
}

type Said = CauseId | 'healthy'

function byCause(answers: readonly Judged[]): HitRate['byCause'] {
  const causes = new Set(answers.map(saidBy).filter((cause) => cause !== null))
  return [...causes]
    .map((cause) => ({ cause, rate: share(answers.filter((one) => saidBy(one) === cause)) }))
    .toSorted((one, other) => other.rate.of - one.rate.of || one.cause.localeCompare(other.cause))
}

function saidBy({ answer, verdict }: Judged): Said | null {
  return verdict === 'healthy' ? 'healthy' : answer
}

function share(judged: readonly Judged[]): Share {
  const right = judged.filter(({ judgement }) => judgement === 'right').length
  return { right, of: judged.length, interval: judged.length === 0 ? null : wilson(right, judged.length) }
}

/** 97.5 % of a normal distribution lie below it. */
const z = 1.959964

/**
 * Score interval of a proportion (E. B. Wilson, Journal of the American Statistical Association 22, 1927, p. 209): unlike the usual
 * one it stays within 0 and 1 and says something for the few judgements that a small fleet has.
 */
export function wilson(right: number, of: number): { readonly from: number; readonly to: number } {
  const middle = (right + z ** 2 / 2) / (of + z ** 2)
  const half = (z / (of + z ** 2)) * Math.sqrt((right * (of - right)) / of + z ** 2 / 4)
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) }
}

/** "people judged 14 of 31 answers here: 13 right"; null where nobody has judged. */
export function hitRateLine(entries: readonly HistoryEntry[]): string | null {
  const { answers, rate } = hitRate(entries)
  if (rate.of === 0) return null
  return `people judged ${rate.of} of ${answers} ${answers === 1 ? 'answer' : 'answers'} here: ${rate.right} right`
}

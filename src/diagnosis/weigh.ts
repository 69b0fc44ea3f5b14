import type { Confidence, Finding } from './diagnosis.ts'
import type { Claim } from './rule.ts'

/** A finding with the claim it was made from. */
export interface Weighed {
  readonly finding: Finding
  readonly claim: Claim
}

const order: readonly Confidence[] = ['possible', 'likely', 'confirmed']

/**
 * Findings against each other, which no single rule can do: what another finding explains becomes its symptom, and where two
 * causes at likely or confirmed explain one trouble, nobody can tell which of them it is, so both become possible.
 */
export function weighTogether(all: readonly Weighed[]): readonly Finding[] {
  const once = withoutRepeats(all)
  const placed = once.map((each) => (isExplained(each, once) ? asSymptom(each) : each))
  return placed.map((each) => {
    const rivals = placed.filter((other) => disputes(each, other))
    return rivals.length === 0 ? each.finding : doubted(each.finding, rivals)
  })
}

/** The same cause about the same subject, seen in two ways, is told once: the one with more behind it. */
function withoutRepeats(all: readonly Weighed[]): readonly Weighed[] {
  const kept = new Map<string, Weighed>()
  for (const each of all) {
    const { cause, subject, failingNow } = each.finding
    const key = JSON.stringify([
      cause,
      subject.host,
      subject.upstream,
      subject.unit,
      subject.path,
      subject.file,
      failingNow,
    ])
    const other = kept.get(key)
    if (!other || weightOf(each.finding) > weightOf(other.finding)) kept.set(key, each)
  }
  return [...kept.values()]
}

function weightOf(finding: Finding): number {
  return order.indexOf(finding.confidence) * 1e9 + (finding.impact?.count ?? 0)
}

function isExplained(each: Weighed, all: readonly Weighed[]): boolean {
  return all.some((other) => other !== each && explains(other, each) && !explains(each, other))
}

function explains(cause: Weighed, effect: Weighed): boolean {
  return (
    cause.claim.explains?.includes(effect.finding.cause) === true &&
    cause.finding.kind === 'cause' &&
    cause.finding.confidence !== 'possible' &&
    (cause.finding.failingNow || !effect.finding.failingNow) &&
    areRelated(cause, effect)
  )
}

/** About one trouble, one upstream or one unit; a cause that names neither upstream nor unit holds for the whole host. */
function areRelated(cause: Weighed, effect: Weighed): boolean {
  const [a, b] = [cause.finding.subject, effect.finding.subject]
  if (a.host !== b.host) return false
  if (cause.claim.about !== undefined && cause.claim.about === effect.claim.about) return true
  if (a.upstream === undefined && a.unit === undefined) return true
  return (a.upstream !== undefined && a.upstream === b.upstream) || (a.unit !== undefined && a.unit === b.unit)
}

function asSymptom({ finding, claim }: Weighed): Weighed {
  return { claim, finding: finding.kind === 'cause' ? { ...finding, kind: 'symptom' } : finding }
}

function disputes(one: Weighed, other: Weighed): boolean {
  return (
    one.claim.about !== undefined &&
    one.claim.about === other.claim.about &&
    one.finding.cause !== other.finding.cause &&
    [one, other].every(({ finding }) => finding.kind === 'cause' && finding.confidence !== 'possible')
  )
}

function doubted(finding: Finding, rivals: readonly Weighed[]): Finding {
  const open = rivals.map(({ finding: { cause, summary } }) => ({ cause, because: `this fits as well: ${summary}` }))
  return { ...finding, confidence: 'possible', openQuestions: [...finding.openQuestions, ...open] }
}

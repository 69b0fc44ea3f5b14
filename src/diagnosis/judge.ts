import { causes } from './cause.ts'
import type { Confidence, Finding, Fix, Unjudged } from './diagnosis.ts'
import type { Fact } from './fact.ts'
import { type Claim, missingFacts, type Rule } from './rule.ts'
import { type Weighed, weighTogether } from './weigh.ts'

/** Decides what may be done about a claim: fills `allowed` and `refused` of its action. */
export type Permit = (action: NonNullable<Claim['action']>) => NonNullable<Fix['action']>

/** Claims of all rules, of one host or of several, become findings: weighed against each other and ranked. */
export function settle(claimed: readonly Weighed[]): readonly Finding[] {
  return rank(weighTogether(claimed))
}

export interface Claimed {
  readonly claimed: readonly Weighed[]
  readonly unjudged: readonly Unjudged[]
}

/** What every rule claims of the facts, not yet weighed against each other. */
export function claimsOf<F extends Readonly<Record<string, Fact<unknown>>>>(
  rules: readonly Rule<F>[],
  facts: F,
  permit: Permit,
): Claimed {
  const unjudged: Unjudged[] = []
  const claimed = rules.flatMap((rule): Weighed[] => {
    const missing = missingFacts(rule, facts)
    if (missing.length > 0) {
      unjudged.push({
        cause: rule.id,
        because: [...new Set(missing.flatMap((fact) => fact.reason.split('; ')))].join('; '),
      })
      return []
    }
    return rule.judge(facts).map((claim) => ({ claim, finding: findingOf(rule.id, claim, permit) }))
  })

  return { claimed, unjudged }
}

function findingOf(cause: Finding['cause'], claim: Claim, permit: Permit): Finding {
  return {
    cause,
    kind: claim.kind ?? causes[cause].kind,
    confidence: confidenceOf(claim),
    summary: claim.summary,
    since: claim.since ?? null,
    subject: claim.subject,
    failingNow: claim.failingNow,
    impact: claim.impact,
    evidence: claim.evidence,
    ruledOut: claim.unlike.filter((alike) => alike.out).map(({ cause: id, because }) => ({ cause: id, because })),
    openQuestions: claim.unlike.filter((alike) => !alike.out).map(({ cause: id, because }) => ({ cause: id, because })),
    fix: { steps: claim.steps, diff: claim.diff ?? null, action: claim.action ? permit(claim.action) : null },
  }
}

const order: readonly Confidence[] = ['possible', 'likely', 'confirmed']

/** Confirmed only when every look-alike was judged and ruled out; one that was not makes it likely. */
function confidenceOf(claim: Claim): Confidence {
  const fromEvidence: Confidence = claim.unlike.every((alike) => alike.out) ? 'confirmed' : 'likely'
  const limit = claim.atMost ?? 'confirmed'
  return order.indexOf(limit) < order.indexOf(fromEvidence) ? limit : fromEvidence
}

/** What fails now before history, causes before notices, symptoms and latent mistakes; then the surer, then the one that hurts more. */
export function rank(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => weight(b) - weight(a) || (b.impact?.count ?? 0) - (a.impact?.count ?? 0))
}

const kindWeight = { cause: 300, notice: 200, symptom: 100, latent: 0 } as const

function weight(finding: Finding): number {
  return (finding.failingNow ? 1000 : 0) + kindWeight[finding.kind] + order.indexOf(finding.confidence) * 10
}

import type { CauseId, Kind } from './cause.ts'
import type { ActionId, Confidence, Evidence, Impact, Subject } from './diagnosis.ts'
import type { Fact, Unknown } from './fact.ts'

/** A cause that looks alike, and what the host says about it: ruled out, or not to be judged from what is known. */
export type LookAlike =
  | { readonly cause: CauseId; readonly out: true; readonly because: string }
  | { readonly cause: CauseId; readonly out: false; readonly because: string }

/** What a rule says is true. Its confidence is not the rule's to choose: it follows from the look-alikes (see judge.ts); `atMost` can only lower it. */
export interface Claim {
  /** Only where it differs from the catalogue: a mistake that does not hurt yet is latent. */
  readonly kind?: Kind
  readonly summary: string
  /** The trouble that it explains, by a key of the rules' own ("refused 127.0.0.1:8080"): one trouble has one cause. */
  readonly about?: string
  /** Causes that are consequences of this one: a finding of theirs about the same trouble, upstream or unit stands below as its symptom. */
  readonly explains?: readonly CauseId[]
  /** When it began, ISO; the summary may tell it by the host's clock (hostClock). */
  readonly since?: string
  readonly subject: Subject
  readonly failingNow: boolean
  readonly impact: Impact | null
  readonly evidence: readonly Evidence[]
  readonly unlike: readonly LookAlike[]
  readonly atMost?: Confidence
  readonly steps: readonly string[]
  readonly diff?: string
  /** The action that would cure it; whether it is allowed is decided outside of the rule. */
  readonly action?: { readonly id: ActionId; readonly target: string }
}

type FactMap = Readonly<Record<string, Fact<unknown>>>
type KnownValue<F> = F extends { readonly known: true; readonly value: infer V } ? V : never

/** What a rule that `needs` N and is settled by S gets to see: values of the former, facts (known or not) of the latter, nothing else. */
export type View<F extends FactMap, N extends keyof F, S extends keyof F> = { readonly [K in N]: KnownValue<F[K]> } & {
  readonly [K in S]: F[K]
}

export interface Rule<F extends FactMap> {
  readonly id: CauseId
  /** Without these the rule is not run, and listed as unjudged with the reason. */
  readonly needs: readonly (keyof F & string)[]
  /** Without these its findings are likely at most; the look-alike they would settle says so. */
  readonly settles: readonly (keyof F & string)[]
  /** Also judged at the host of a backend, with that machine's facts in place of the nginx host's. */
  readonly atBackend: boolean
  readonly judge: (view: F) => readonly Claim[]
}

/** Makes `defineRule` for one set of facts: reading a fact that the rule did not ask for is a type error. */
export function ruleMaker<F extends FactMap>() {
  return function defineRule<const N extends keyof F & string, const S extends keyof F & string = never>(rule: {
    readonly id: CauseId
    readonly needs: readonly N[]
    readonly settles?: readonly S[]
    readonly atBackend?: boolean
    readonly judge: (view: View<F, N, S>) => readonly Claim[]
  }): Rule<F> {
    return {
      id: rule.id,
      needs: rule.needs,
      settles: rule.settles ?? [],
      atBackend: rule.atBackend ?? false,
      judge: (facts) => rule.judge(viewOf(facts, rule.needs, rule.settles ?? [])),
    }
  }
}

function viewOf<F extends FactMap, N extends keyof F, S extends keyof F>(
  facts: F,
  needs: readonly N[],
  settles: readonly S[],
): View<F, N, S> {
  const entries = [
    ...needs.map((key) => {
      const fact: Fact<unknown> | undefined = facts[key]
      return [key, fact?.known ? fact.value : undefined] as const
    }),
    ...settles.map((key) => [key, facts[key]] as const),
  ]
  // The keys are exactly those of N and S, and judge() runs only when every fact of N is known.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  return Object.fromEntries(entries) as View<F, N, S>
}

/** The facts of `needs` that are not known. */
export function missingFacts<F extends FactMap>(rule: Rule<F>, facts: F): readonly Unknown[] {
  return rule.needs.flatMap((key) => {
    const fact: Fact<unknown> | undefined = facts[key]
    return fact === undefined || fact.known ? [] : [fact]
  })
}

export function ruledOut(cause: CauseId, because: string): LookAlike {
  return { cause, out: true, because }
}

export function notJudged(cause: CauseId, because: string): LookAlike {
  return { cause, out: false, because }
}

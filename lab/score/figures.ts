import type { Scored } from './result.ts'

export interface Figures {
  readonly hosts: number
  readonly right: number
  readonly wrong: number
  readonly undetermined: number
  readonly wrongConfident: number
  readonly alarms: number
  readonly saysHealthy: number
}

/** Counts of one group of diagnoses. */
export function figuresOf(scored: readonly Scored[]): Figures {
  const count = (of: (each: Scored) => boolean): number => scored.filter((each) => of(each)).length
  return {
    hosts: scored.length,
    right: count(({ outcome }) => outcome === 'right'),
    wrong: count(({ outcome }) => outcome === 'wrong'),
    undetermined: count(({ outcome }) => outcome === 'undetermined'),
    wrongConfident: count(({ wrongConfident }) => wrongConfident.length > 0),
    alarms: count(({ alarm }) => alarm),
    saysHealthy: count(({ saysHealthy }) => saysHealthy),
  }
}

/** Diffs that were shown, and how far each came. */
export interface DiffFigures {
  readonly shown: number
  readonly applied: number
  readonly valid: number
  readonly cured: number
}

export function diffFiguresOf(scored: readonly Scored[]): DiffFigures {
  const diffs = scored.flatMap(({ diff }) => diff ?? [])
  return {
    shown: diffs.length,
    applied: diffs.filter(({ applied }) => applied).length,
    valid: diffs.filter(({ valid }) => valid).length,
    cured: diffs.filter(({ cured }) => cured).length,
  }
}

/**
 * Mean F1 over the causes that are true somewhere: of each, the harmonic mean of how often it was named where it was true and how often it
 * was true where it was named. Hosts of no cause count as what a cause must not be named on. null where no cause is true.
 */
export function macroF1(scored: readonly Scored[]): number | null {
  const causes = [...new Set(scored.flatMap(({ truth }) => truth ?? []))]
  if (causes.length === 0) return null
  const each = causes.map((cause) => {
    const hits = scored.filter(
      ({ truth, named, outcome }) => truth === cause && (named === cause || outcome === 'right'),
    ).length
    const told = scored.filter(
      ({ named, truth, outcome }) => named === cause && !(truth !== cause && outcome === 'right'),
    ).length
    const real = scored.filter(({ truth }) => truth === cause).length
    return (2 * hits) / (Math.max(told, hits) + real)
  })
  return each.reduce((sum, f1) => sum + f1, 0) / each.length
}

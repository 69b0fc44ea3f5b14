import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { faultIds, readFault, type FaultExpectation } from '../fault.ts'
import type { BackendKind } from '../layout/kinds.ts'
import { draw } from '../layout/seeded.ts'
import { pairIds, readPair } from '../pair.ts'
import type { hostClasses } from './result.ts'

/** One host (or pair of hosts) to be broken and diagnosed. */
export interface ScoreCase {
  readonly id: string
  readonly fault: string
  readonly shape: number
  readonly kind: BackendKind
  readonly seed: number | null
  readonly class: (typeof hostClasses)[number]
  readonly late: boolean
  /** Not beside another host: its load would be seen there. */
  readonly alone: boolean
}

export interface CaseOptions {
  /** null: the host of README.md, one for each fault. */
  readonly seed: number | null
  readonly shapes: number
  readonly kind?: BackendKind
  readonly late: ReadonlySet<string>
}

/**
 * Up to `shapes` hosts for each fault, each of another kind while there are any and each with names and ports of its own. Pairs have
 * ids that begin with `pair/`.
 */
export function scoreCases(wanted: readonly string[], { seed, shapes, kind, late }: CaseOptions): readonly ScoreCase[] {
  const known = [...faultIds(), ...pairIds().map((id) => `pair/${id}`)]
  const strange = wanted.filter((id) => !known.includes(id))
  if (strange.length > 0) throw new Error(`no fault ${strange.join(', ')}; "npm run lab -- faults" lists them`)
  return (wanted.length > 0 ? wanted : known).flatMap((fault) => {
    const expect = fault.startsWith('pair/') ? readPair(fault.slice('pair/'.length)).expect : readFault(fault).expect
    const first = seed === null ? 0 : draw(seed, `${fault} kind`).between(0, expect.kinds.length - 1)
    return Array.from({ length: seed === null ? 1 : shapes }, (_, shape) => ({
      id: `${fault}#${shape + 1}`,
      fault,
      shape: shape + 1,
      kind: kind ?? expect.kinds[(first + shape) % expect.kinds.length] ?? 'gunicorn',
      seed: seed === null ? null : draw(seed, `${fault} ${shape}`).between(1, 999_999_999),
      class: fault.startsWith('pair/') ? 'pair' : classOf(expect),
      late: late.has(fault),
      alone: expect.alone,
    }))
  })
}

/** As expect.yml says; without a word a host on which nothing is wrong is a healthy one, all others have a fault. */
export function classOf(expect: FaultExpectation): ScoreCase['class'] {
  return expect.class ?? (expect.verdict === 'healthy' && expect.cause === null ? 'healthy' : 'fault')
}

/** Faults and pairs whose folder came after a commit. */
export function addedSince(ref: string): ReadonlySet<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const argv = ['log', '--diff-filter=A', '--name-only', '--format=', `${ref}..HEAD`, '--', 'lab/faults', 'lab/pairs']
  const names = execFileSync('git', argv, { cwd: root, encoding: 'utf8' }).split('\n')
  return new Set(
    names.flatMap((name) => {
      const [, place, id] = /^lab\/(faults|pairs)\/([^/]+)\/expect\.yml$/.exec(name) ?? []
      return id === undefined ? [] : [place === 'pairs' ? `pair/${id}` : id]
    }),
  )
}

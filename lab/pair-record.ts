import { sudoersFor } from '../src/cli/sudoers-text.ts'
import type { Look } from '../src/examine/look.ts'
import type { FaultExpectation } from './fault.ts'
import type { BackendKind } from './layout/kinds.ts'
import { brokenPair } from './pair-run.ts'
import { differences, lookAs } from './score.ts'
import { judge } from './score/judge.ts'
import { installSudoers } from './sudoers.ts'

/** One diagnosis of a broken pair as root, over both hosts, with what is true of them. */
export interface PairLook {
  readonly look: Look
  readonly expect: FaultExpectation
  /** The upstream whose machine the inventory does not know. */
  readonly notAsked: string | null
  /** What differs from expect.yml, in words. */
  readonly wrong: readonly string[]
}

export async function lookAtPair(
  id: string,
  { seed, kind }: { readonly seed: number | null; readonly kind?: BackendKind },
): Promise<PairLook> {
  const { pair, scenario, expect } = await brokenPair(id, { seed, ...(kind && { kind }) })
  try {
    const { front, back } = pair
    const listed = scenario.expect.backListed ? [front, back] : [front]
    for (const host of listed) await installSudoers(host, sudoersFor({ user: 'medic', hosts: [] }))
    const look = await lookAs(front, 'root', listed)
    const notAsked = scenario.expect.backListed ? null : front.layout.address
    return { look, expect, notAsked, wrong: wrongOf(look, expect, notAsked) }
  } finally {
    await pair.down()
  }
}

/** Of a backend that nobody may ask, a likely true cause is right as well as none. */
function wrongOf({ diagnosis }: Look, expect: FaultExpectation, notAsked: string | null): readonly string[] {
  const { outcome, wrongConfident } = judge(diagnosis, expect, 'root', notAsked ?? undefined)
  if (outcome === 'right' && expect.verdict === 'undetermined') return []
  // A finding without a host is about the one that was asked.
  const [first] = diagnosis.findings
  const here = first?.subject.host === undefined && expect.subject.host === diagnosis.host
  const { host: _host, ...subject } = expect.subject
  return [...wrongConfident, ...differences(diagnosis, here ? { ...expect, subject } : expect, 'root')]
}

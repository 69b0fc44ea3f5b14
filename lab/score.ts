import type { Diagnosis } from '../src/diagnosis/diagnosis.ts'
import { look, type Look } from '../src/examine/look.ts'
import { parseInventory } from '../src/host/inventory.ts'
import { createPool } from '../src/host/pool.ts'
import { sudoersFor } from '../src/cli/sudoers-text.ts'
import { expectOn } from './expect-on.ts'
import { type FaultExpectation, readFault, verdictFor } from './fault.ts'
import { layoutForFault } from './fault-layout.ts'
import { labHost } from './host.ts'
import type { LabHost } from './host-handle.ts'
import { inventoryText } from './inventory-text.ts'
import { labUsers, type LabUser } from './keys.ts'
import type { Layout } from './layout/layout.ts'
import { installSudoers } from './sudoers.ts'

/** How the product judged one fault as one user. */
export interface Score {
  readonly fault: string
  readonly user: LabUser
  readonly look: Look
  /** What differs from expect.yml, in words; empty when nothing does. */
  readonly wrong: readonly string[]
}

/** Boots a host, breaks it, and diagnoses it once as each user over SSH, as the product does. The host is down again at the end. */
export async function scoreFault(
  fault: string,
  name: string,
  users: readonly LabUser[] = labUsers,
  layout: Layout = layoutForFault(fault, null),
): Promise<readonly Score[]> {
  const host = await labHost({ fault, name, layout })
  const expect = expectOn(readFault(fault).expect, layout, host.address)
  try {
    await installSudoers(host, sudoersFor({ user: 'medic', hosts: [] }))
    const scores: Score[] = []
    for (const user of users) {
      const seen = await lookAs(host, user)
      scores.push({ fault, user, look: seen, wrong: differences(seen.diagnosis, expect, user) })
    }
    return scores
  } finally {
    await host.down()
  }
}

/** One diagnosis of a lab host as one user; `listed` is what the inventory knows. */
export async function lookAs(host: LabHost, user: LabUser, listed: readonly LabHost[] = [host]): Promise<Look> {
  const inventory = parseInventory(await inventoryText(listed, user), 'lab inventory')
  const pool = createPool(() => inventory, { idleMs: 1000, budgetMs: 8000 })
  const run = { signal: AbortSignal.timeout(30_000), now: () => new Date(), onProgress: () => {} }
  try {
    return await look({ host: host.name }, run, { inventory: () => inventory, pool, budgetSeconds: 20 })
  } finally {
    await pool.close()
  }
}

const sure = ['possible', 'likely', 'confirmed'] as const

/**
 * root and the sudoers user must say what is expected. The user without rights may also say that it cannot tell; what nobody
 * may do is name another cause, or the right one about another subject, at likely or confirmed.
 */
export function differences(diagnosis: Diagnosis, expect: FaultExpectation, user: LabUser): readonly string[] {
  const [first] = diagnosis.findings
  const mayDoubt = user !== 'root' && (user === 'plain' || verdictFor(user, expect) === 'undetermined')
  if (mayDoubt && diagnosis.verdict === 'undetermined') return []
  const wrong: string[] = []
  if (diagnosis.verdict !== expect.verdict) wrong.push(`verdict ${diagnosis.verdict} instead of ${expect.verdict}`)
  if (expect.cause === null) {
    if (first?.failingNow && first.confidence !== 'possible' && !expect.alsoTrue.includes(first.cause))
      wrong.push(`names ${first.cause} at ${first.confidence}`)
    return wrong
  }
  if (!first) return [...wrong, `no finding instead of ${expect.cause}`]
  if (first.cause !== expect.cause) wrong.push(`${first.cause} instead of ${expect.cause}`)
  if (first.kind !== (expect.kind ?? first.kind)) wrong.push(`kind ${first.kind} instead of ${expect.kind ?? ''}`)
  for (const [key, value] of Object.entries(expect.subject)) {
    const seen = Object.entries(first.subject).find(([name]) => name === key)?.[1]
    const hidden = user === 'plain' && seen === undefined
    if (key !== 'site' && !hidden && String(seen) !== String(value))
      wrong.push(`${key} ${String(seen)} instead of ${value}`)
  }
  if (user === 'plain') return wrong
  if (sure.indexOf(first.confidence) < sure.indexOf(expect.confidence ?? 'possible'))
    wrong.push(`only ${first.confidence}`)
  if ((first.fix.action?.id ?? null) !== expect.action)
    wrong.push(`action ${first.fix.action?.id ?? 'none'} instead of ${expect.action ?? 'none'}`)
  return wrong
}

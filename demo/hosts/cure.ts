import { unitGuard } from '../../src/actions/guard.ts'
import { actionOf } from '../../src/actions/index.ts'
import { conclude } from '../../src/examine/conclude.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { guardsOf } from '../../src/examine/guards.ts'
import { usualWindowSeconds } from '../../src/examine/rounds.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import type { Snapshot } from '../../src/host/snapshot.ts'
import type { Facts } from '../../src/probes/index.ts'

/** The action that cures a recorded host: what its own diagnosis offers. */
export interface Cure {
  readonly unit: string
  readonly argv: readonly string[]
  /** What the host would compute under its lock. */
  readonly guard: string
}

/** Null when the diagnosis of the recording offers no action. */
export function cureOf(snapshot: Snapshot): Cure | null {
  const facts = factsIn(snapshot)
  const diagnosis = diagnose(snapshot, facts)
  const remedy = diagnosis.findings[0]?.fix.action
  if (!remedy) return null
  const action = actionOf(remedy.id)
  const guard = guardsOf(diagnosis, facts).get(`${remedy.id} ${remedy.target}`)
  return action && guard !== undefined ? { unit: remedy.target, argv: action.argv(remedy.target), guard } : null
}

/** The guard of a unit in the cured state, for the record of the action; a stand-in text where the recording does not show it. */
export function guardAfter(snapshot: Snapshot | null, unit: string): string {
  const units = snapshot === null ? null : factsIn(snapshot)['backend-units']
  const found = units?.known === true ? units.value.units.find((each) => each.id === unit) : undefined
  if (!found) return 'unit - up 0'
  const { invocationId, active, sub, restarts } = found
  return unitGuard({ invocationId, activeState: active, subState: sub, nRestarts: restarts })
}

/** The diagnosis of a recording by itself, as if everything were allowed. */
export function diagnose(snapshot: Snapshot, facts = factsIn(snapshot)): Diagnosis {
  const asked = {
    host: snapshot.host,
    site: null,
    windowSeconds: usualWindowSeconds,
    collectedAt: new Date(snapshot.collectedAt),
    collection: { ms: 0, rounds: 2, roundTrips: 0, probes: [] },
  }
  return conclude(facts, asked, ({ id, target }) => ({ id, target, allowed: true }))
}

function factsIn(snapshot: Snapshot): Facts {
  return factsOf(
    snapshot.captures.map(({ capture }) => capture),
    snapshot.host,
    'both rounds',
  )
}

import type { Stepped } from './fleet-run-event.ts'
import type { FleetRun } from './fleet-run.ts'
import { isUnderWay } from './fleet-run-turn.ts'

/** A run that has nothing left to do has ended; `at`: something was heard of it. */
export function changed(run: FleetRun, change_: Partial<FleetRun>, at: string | null = null): Stepped {
  const next = { ...run, ...change_, revision: run.revision + 1 }
  const { state, members } = next
  if (state.kind !== 'going') return { ok: true, run: next }
  const moved = at === null ? state : { ...state, progressAt: at }
  const open =
    members.some(isUnderWay) || (state.stop === null && members.some((each) => each.state.kind === 'waiting'))
  return { ok: true, run: { ...next, state: open ? moved : { kind: 'ended', at: at ?? moved.at, stop: state.stop } } }
}

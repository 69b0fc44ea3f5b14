import type { FleetRun, RunMember } from './fleet-run.ts'

/** The proposals whose turn it is, in the order of the run: as many as may be under way beside those that are. */
export function dueIn({ members, atOnce, state }: FleetRun): readonly RunMember[] {
  if (state.kind !== 'going' || state.stop !== null) return []
  const free = atOnce - members.filter(isUnderWay).length
  return members.filter(({ state: { kind } }) => kind === 'waiting').slice(0, Math.max(0, free))
}

export function isUnderWay({ state: { kind } }: RunMember): boolean {
  return kind === 'starting' || kind === 'running'
}

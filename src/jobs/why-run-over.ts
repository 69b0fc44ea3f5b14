import type { FleetRun } from '../approval/fleet-run.ts'
import { isUnderWay } from '../approval/fleet-run-turn.ts'
import { type FleetRunReader, ForgedRunError } from '../approval/fleet-run-store.ts'

/**
 * Why a host must not be begun as a part of this run any more, or null. Asked by the worker just before it acts: another host may have ended
 * badly since the bot approved this one. What it cannot read is no permission.
 */
export async function whyRunOver(runId: string, proposalId: string, runs: FleetRunReader): Promise<string | null> {
  const run = await findGenuine(runId, runs)
  if (run === 'forged') return 'the run over several hosts that it belongs to is not what the bot wrote'
  if (run === null) return 'the run over several hosts that it belongs to is not known any more'
  const { members, state } = run
  if (!members.some((member) => member.proposal === proposalId && isUnderWay(member)))
    return 'its turn in the run over several hosts has not come'
  if (state.kind !== 'going') return 'the run over several hosts has ended'
  const { stop } = state
  if (stop === null) return null
  return `the run was stopped${stop.host === null ? '' : ` after ${stop.host}`}: ${stop.because}`
}

async function findGenuine(id: string, runs: FleetRunReader): Promise<FleetRun | null | 'forged'> {
  try {
    return await runs.find(id)
  } catch (error) {
    if (error instanceof ForgedRunError) return 'forged'
    throw error
  }
}

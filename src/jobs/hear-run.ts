import type { FleetRun } from '../approval/fleet-run.ts'
import { ForgedRunError } from '../approval/fleet-run-store.ts'
import type { LookAtPeople } from './desk.ts'
import type { ThreadUpdate } from './post.ts'
import { takeTurns, type TurnParts } from './run-turns.ts'

/**
 * What a worker says to a thread also moves the run that the action belongs to. Only what it has signed is heard: a state in Redis would let
 * whoever writes there begin the next hosts. Rejects when it could not be written down; it is heard again then.
 */
export function createHearRun(parts: TurnParts, look: LookAtPeople): (update: ThreadUpdate) => Promise<void> {
  return async (update) => {
    if (update.kind !== 'action-ended' && update.kind !== 'action-watched') return
    for (const id of await parts.runs.open()) {
      const run = await findGenuine(parts, id)
      if (run?.members.some(({ proposal }) => proposal === update.proposal.id)) await hear(parts, run, update, look)
    }
  }
}

type Heard = Extract<ThreadUpdate, { kind: 'action-ended' | 'action-watched' }>

async function hear(parts: TurnParts, { id }: FleetRun, update: Heard, look: LookAtPeople): Promise<void> {
  const { outcome, proposal, diagnosis } = update
  const about = { proposal: proposal.id, at: parts.now().toISOString(), detail: outcome.detail.slice(0, 600) }
  const healthy = diagnosis?.verdict === 'healthy'
  if (update.kind === 'action-ended')
    await parts.runs.apply(id, { kind: 'heard', ...about, outcome: outcome.kind, healthy })
  else if (outcome.kind === 'still-failing') await parts.runs.apply(id, { kind: 'relapsed', ...about })
  await takeTurns(parts, id, look).catch((error: unknown) =>
    // It is written down; what is due now is begun by the sweep.
    parts.log.warn({ run: id, err: error }, 'the next hosts of a run could not be begun yet'),
  )
}

/** One that is not ours must not keep the others waiting; the sweep reports it. */
async function findGenuine({ runs }: TurnParts, id: string): Promise<FleetRun | null> {
  try {
    return await runs.find(id)
  } catch (error) {
    if (error instanceof ForgedRunError) return null
    throw error
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { giveUp, showFleet, type ShowFleetParts } from './show-fleet.ts'

/** Nobody else shows the fleet for so long, should this bot die; and an edit every so often is all that anybody reads, ms. */
const times = { hold: 6000, renew: 2000, pause: 2000, pauseAfterFailure: 5000, wait: 2000 } as const

/**
 * Shows what fleets have answered since they were last shown; called every second. What is to be shown stands in the store,
 * so whichever bot comes next goes on.
 *
 * @param calm the same for fleets that alerts started: they may wait until people were served
 */
export async function showFleets(hasty: ShowFleetParts, calm: ShowFleetParts): Promise<void> {
  const threadIds = await hasty.fleets.toShow(hasty.now())
  const showing = threadIds.map(async (threadId) => {
    await showInTurn(threadId, hasty, calm).catch((error: unknown) => {
      hasty.log.warn({ threadId, err: error }, 'a fleet could not be shown, tried again')
    })
  })
  // A fleet that waits for its turn at Slack does not hold up the others: it is held, and goes on by itself.
  await Promise.race([Promise.all(showing), pause(times.wait, undefined, { ref: false })])
}

async function showInTurn(threadId: string, hasty: ShowFleetParts, calm: ShowFleetParts): Promise<void> {
  const { fleets, log } = hasty
  if (!(await fleets.take(threadId, times.hold))) return
  const renewing = setInterval(() => {
    fleets
      .keep(threadId, times.hold)
      .catch((error: unknown) => log.warn({ threadId, err: error }, 'the right to show a fleet could not be renewed'))
  }, times.renew)
  let keepFor: number = times.pauseAfterFailure
  try {
    await show(threadId, hasty, calm)
    keepFor = times.pause
  } finally {
    clearInterval(renewing)
    await fleets.keep(threadId, keepFor)
  }
}

async function show(threadId: string, hasty: ShowFleetParts, calm: ShowFleetParts): Promise<void> {
  const [fleet, thread] = await Promise.all([hasty.fleets.find(threadId), hasty.threads.find(threadId)])
  if (fleet === null) return
  const parts = thread?.requester.kind === 'alert' ? calm : hasty
  if (thread === null) return giveUp(fleet, parts, 'its thread is not known any more')
  await showFleet(fleet, thread, parts)
}

import { setTimeout as pause } from 'node:timers/promises'
import type { SlackParts } from './parts.ts'
import { type Budget, budgetOf } from './tiers.ts'
import { createTurns } from './turns.ts'

/** person: somebody waits for it. calm: of an alert that nobody asked about; it leaves a part of every budget to people. */
export type Lane = 'person' | 'calm'

/**
 * Takes a place in every window of a budget, for all bots together. 0: taken; otherwise the ms until it is worth asking
 * again. `spare`: the share of each window that is left free. Rejects when nobody can tell.
 */
export type TakePlace = (budget: Budget, spare: number) => Promise<number>

/** Resolves when this call may be made. */
export type Pace = (method: string, channel: string) => Promise<void>

const spareOf: Readonly<Record<Lane, number>> = { person: 0, calm: 0.25 }
/** Looked at again after this at the latest: another lane or bot may have left a place. */
const longestMs = 5000

/** Keeps the order in which calls of a lane were asked for. Without Redis calls go through: then Slack's own 429 holds them up. */
export function createPace(take: TakePlace, lane: Lane, log: SlackParts['log']): Pace {
  const inTurn = createTurns()
  return async (method, channel) => {
    const budget = budgetOf(method, channel)
    await inTurn(budget.key, async () => {
      for (;;) {
        const wait = await take(budget, spareOf[lane]).catch((error: unknown) => {
          log.warn({ err: error, method }, 'no budget could be asked for a call of slack, it is made without')
          return 0
        })
        if (wait <= 0) return
        await pause(Math.min(wait, longestMs))
      }
    })
  }
}

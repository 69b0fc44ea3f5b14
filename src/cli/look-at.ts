import type { Look } from '../examine/look.ts'
import { look } from '../examine/look.ts'
import type { Target } from '../../commands/target.ts'
import type { Inventory } from '../host/inventory.ts'
import { createPool } from '../host/pool.ts'
import { untilInterrupted } from './interrupt.ts'
import { liveLine } from './live-line.ts'

export interface LookOptions {
  readonly inventory: Inventory
  readonly budget: number
  readonly since?: number | undefined
  /** No progress but on a terminal. */
  readonly quiet: boolean
}

/** Hosts that are looked at at the same time. */
const atOnce = 4

/**
 * Looks at every target, some at a time, and hands each result to `each` in the order asked as soon as it is there. Connections are
 * closed at the end, also after Ctrl-C.
 */
export async function lookAt(
  targets: readonly Target[],
  { inventory, budget, since, quiet }: LookOptions,
  each: (result: Look, target: Target) => void | Promise<void>,
): Promise<void> {
  const pool = createPool(() => inventory, { idleMs: 1000, budgetMs: Math.min(10, budget / 2) * 1000 })
  const line = liveLine(process.stderr, quiet)
  const parts = { inventory: () => inventory, pool, budgetSeconds: budget }

  await untilInterrupted(
    async (signal) => {
      const run = { signal, now: () => new Date(), onProgress: line.show }
      const running: Promise<Look>[] = []
      const start = (): void => {
        const target = targets[running.length]
        if (target === undefined) return
        const ask = { ...target, ...(since === undefined ? {} : { sinceSeconds: since }) }
        const started = look(ask, run, parts)
        // Whoever waits for it hears of a failure; until then it must not count as unheard.
        started.catch(() => {})
        running.push(started)
      }
      for (let count = 0; count < atOnce; count += 1) start()
      for (const [index, target] of targets.entries()) {
        const result = await running[index]
        if (signal.aborted || result === undefined) return
        start()
        line.clear()
        await each(result, target)
      }
    },
    async () => {
      line.clear()
      await pool.close()
    },
  )
}

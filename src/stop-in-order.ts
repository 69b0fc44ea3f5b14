import type { Logger } from './log.ts'

export interface Stoppable {
  readonly name: string
  readonly stop: () => Promise<void> | void
  /** How long it may take, ms; then the next one is stopped. 10 s by default. */
  readonly withinMs?: number
}

/** Stops one after the other, last started first. One that fails or hangs is logged and does not hold up the rest. */
export async function stopInOrder(started: readonly Stoppable[], log: Logger): Promise<void> {
  for (const { name, stop, withinMs = 10_000 } of started.toReversed()) {
    await raced(Promise.resolve().then(stop), withinMs).catch((error: unknown) => {
      log.warn({ part: name, err: error }, 'part did not stop cleanly')
    })
  }
}

function raced(work: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`did not stop within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

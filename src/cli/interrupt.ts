import { setTimeout as wait } from 'node:timers/promises'
import { exitCodes } from './exit-codes.ts'

/** How long closing connections may take after Ctrl-C before the process ends anyway. */
const patienceMs = 1500

/**
 * Runs `work` with a signal that Ctrl-C aborts. After Ctrl-C whatever `work` still says is of no interest: the process ends with 130
 * as soon as `close` has closed the connections, a second Ctrl-C ends it at once.
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  close: () => Promise<void>,
): Promise<T> {
  const stop = new AbortController()
  const interrupted = (): void => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted)
    stop.abort(new Error('interrupted'))
    void Promise.race([close(), wait(patienceMs)]).finally(() => process.exit(exitCodes.interrupted))
  }
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', interrupted)
  try {
    const result = await work(stop.signal)
    // Nothing may be printed in the moment between Ctrl-C and the end.
    return stop.signal.aborted ? await new Promise<never>(() => {}) : result
  } catch (error) {
    if (stop.signal.aborted) return await new Promise<never>(() => {})
    throw error
  } finally {
    if (!stop.signal.aborted) await close()
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}

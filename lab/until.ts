import { setTimeout as delay } from 'node:timers/promises'

/** A condition did not become true in time; the message says which and what was seen last. */
export class DeadlineError extends Error {
  constructor(what: string, seconds: number, last: string) {
    super(`${what}: not within ${seconds} s${last === '' ? '' : ` (last seen: ${last})`}`)
    this.name = 'DeadlineError'
  }
}

export interface UntilOptions {
  readonly what: string
  readonly seconds: number
  readonly everyMs?: number
  readonly signal?: AbortSignal
}

/**
 * Asks again and again until `probe` gives a value. `probe` returns a string to say "not yet, because ..." and
 * `{ value }` when it is done.
 */
export async function until<T>(
  options: UntilOptions,
  probe: () => Promise<string | { readonly value: T }>,
): Promise<T> {
  const end = Date.now() + options.seconds * 1000
  let last = ''
  while (Date.now() < end) {
    options.signal?.throwIfAborted()
    const seen = await probe()
    if (typeof seen !== 'string') return seen.value
    last = seen
    await delay(options.everyMs ?? 50, undefined, options.signal && { signal: options.signal })
  }
  throw new DeadlineError(options.what, options.seconds, last)
}

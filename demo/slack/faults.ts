/** One answer that goes wrong on purpose. Without `error` the status decides: 429 carries Retry-After, 5xx a body that is no JSON. */
export interface Fault {
  /** Web API method, or '*' for whichever comes next. */
  readonly method: string
  readonly status: number
  /** Seconds, for 429. */
  readonly retryAfter?: number
  /** With status 200: `{ ok: false, error }`. */
  readonly error?: string
  /** How many calls it hits; one when absent. */
  readonly times?: number
}

export interface Faults {
  failNext(fault: Fault): void
  /** The fault that this call meets, used up by asking. */
  take(method: string): Fault | undefined
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = []

  return {
    failNext(fault) {
      waiting.push({ fault, left: fault.times ?? 1 })
    },
    take(method) {
      const hit = waiting.find((one) => one.left > 0 && ['*', method].includes(one.fault.method))
      if (!hit) return undefined
      hit.left -= 1
      return hit.fault
    },
  }
}

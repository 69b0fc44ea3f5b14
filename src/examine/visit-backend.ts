import { collect } from '../host/collect.ts'
import type { Pool } from '../host/pool.ts'
import { HostUnreachableError } from '../host/unreachable.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { askBackend, backendSeen } from './ask-backend.ts'

interface Visit {
  /** Inventory name of the machine. */
  readonly host: string
  /** The failing upstreams that are addresses of it. */
  readonly upstreams: readonly string[]
  readonly troubles: readonly Trouble[]
}

interface VisitParts {
  readonly pool: Pool
  /** Nobody waits for this machine any more. */
  readonly stop: AbortSignal
  /** The whole diagnosis is given up. */
  readonly whole: AbortSignal
  readonly secondsLeft: () => number
}

/** Most seconds of one command there. */
const longest = 12

/** One hop on: the machine of a failing upstream, over its own connection. That it cannot be asked is an answer too. */
export async function visitBackend(
  { host, upstreams, troubles }: Visit,
  { pool, stop, whole, secondsLeft }: VisitParts,
): ReturnType<typeof askBackend> {
  const left = secondsLeft()
  const notAsked = (because: string) => ({ seen: backendSeen(host, upstreams, [], because), recorded: [] })
  if (left < 2) return notAsked(`no time was left to ask ${host}`)
  const stopped = AbortSignal.any([whole, stop])
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(Math.round(left * 1000))])
  const seconds = (share: number): number => Math.max(1, Math.min(longest, (secondsLeft() - 2.5) * share))
  let batches = 0
  try {
    return await pool.withConnection(
      host,
      (connection) =>
        askBackend(host, upstreams, troubles, (questions) =>
          collect(connection, questions, {
            host,
            // The general questions come first; a machine that is out of breath must not spend all of the time on them.
            seconds: seconds((batches += 1) === 1 ? 0.5 : 1),
            signal: stopped,
          }),
        ),
      signal,
    )
  } catch (error) {
    if (whole.aborted) throw error
    if (error instanceof HostUnreachableError) return notAsked(error.message)
    if (signal.aborted) return notAsked(`${host} did not answer in the time that was left`)
    throw error
  }
}

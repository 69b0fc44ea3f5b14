import type { Trouble } from '../symptoms/trouble.ts'
import type { askBackend } from './ask-backend.ts'
import { type BackendPlan, MOST_BACKENDS } from './backends.ts'

type Visit = ReturnType<typeof askBackend>

/** Goes to one machine and asks about these upstreams; that it could not be asked is an answer too. */
export type GoTo = (
  host: string,
  upstreams: readonly string[],
  troubles: readonly Trouble[],
  signal: AbortSignal,
) => Visit

/**
 * The machines of backends that one diagnosis goes on to. A visit begins as soon as round one shows a failing upstream: the machine then
 * watches its sockets while nginx's host makes its requests, and the time of both counts once.
 */
export function backendVisits(goTo: GoTo) {
  const stop = new AbortController()
  const begun = new Map<string, { readonly upstreams: readonly string[]; readonly visit: Visit }>()

  function begin({ ask }: BackendPlan, troubles: readonly Trouble[]): void {
    for (const [host, upstreams] of ask) {
      const visit = goTo(host, upstreams, troubles, stop.signal)
      // A failure is heard where the visit is waited for; one that nobody needs any more is let go.
      visit.catch(() => {})
      begun.set(host, { upstreams, visit })
    }
  }

  /** The visits that both rounds call for: begun ones, and others as long as no more machines are asked than may be. */
  async function end({ ask }: BackendPlan, troubles: readonly Trouble[]): Promise<readonly Awaited<Visit>[]> {
    let more = MOST_BACKENDS - begun.size
    const visits = [...ask].flatMap(([host, upstreams]) => {
      const early = begun.get(host)
      if (early && upstreams.every((each) => early.upstreams.includes(each))) return [early.visit]
      if (!early && more-- <= 0) return []
      return [goTo(host, upstreams, troubles, stop.signal)]
    })
    return Promise.all(visits)
  }

  return { begin, end, stop: () => stop.abort() }
}

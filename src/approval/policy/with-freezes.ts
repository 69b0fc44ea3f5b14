import type { Logger } from '../../log.ts'
import type { FreezeStore, KeptFreeze } from '../freeze-store.ts'
import type { Freeze, HostMatch, Policy } from './policy.ts'

interface FreezeParts {
  readonly freezes: FreezeStore
  readonly log: Pick<Logger, 'warn'>
  readonly now: () => Date
  /** How long Redis may take to answer, ms. */
  readonly patienceMs?: number
}

/**
 * The policy together with the freezes of this moment, for whoever decides: at the offer, at the press, and just before acting. What cannot be
 * asked counts as frozen.
 */
export function withFreezes(
  policy: () => Policy,
  { freezes, log, now, patienceMs = 3000 }: FreezeParts,
): () => Promise<Policy> {
  return async () => {
    const kept = await answered(freezes.list(now()), patienceMs).catch((error: unknown) => {
      log.warn({ err: error }, 'redis could not be asked for freezes')
      return null
    })
    const { freezes: written, ...rest } = policy()
    return { ...rest, freezes: [...written, ...(kept === null ? [unasked] : kept.map(freezeOf))] }
  }
}

/** Hosts that "web-1", "group:edge" or "all" stands for. */
export function matchOn(on: string): HostMatch {
  const [names, groups] = on.startsWith('group:') ? [[], [on.slice('group:'.length)]] : [[on], []]
  return on === 'all' ? everywhere : { all: false, names, groups, labels: {} }
}

const everywhere: HostMatch = { all: true, names: [], groups: [], labels: {} }

const unasked: Freeze = {
  hosts: everywhere,
  from: 0,
  until: Infinity,
  because: 'Redis could not be asked for freezes, and what cannot be asked counts as frozen',
}

function freezeOf(kept: KeptFreeze): Freeze {
  if (kept.kind === 'forged') {
    const because = `a freeze in Redis does not come from the bot (${kept.because}); "/nginx unfreeze all" lifts it`
    return { hosts: everywhere, from: 0, until: Infinity, because }
  }
  const { on, until, name } = kept
  const why = kept.because === '' ? 'no reason was given' : kept.because
  const because = `${why} (${name}, ${kept.at.slice(0, 16)}Z; "/nginx unfreeze ${on}" lifts it)`
  return { hosts: matchOn(on), from: 0, until: until === null ? Infinity : Date.parse(until), because }
}

function answered<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

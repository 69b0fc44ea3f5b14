import type { Facts } from '../probes/index.ts'
import { isOutlived } from './outlived.ts'
import { steadyUnit } from './started-again.ts'
import { agoOf, inWords } from './time.ts'
import type { TroubleKind } from './trouble.ts'

/** What nobody's listening looks like. */
const notListening: ReadonlySet<TroubleKind> = new Set<TroubleKind>(['refused', 'socket-refused', 'socket-absent'])

/** A service that listens later than this after its start has more to tell than that. */
const LONGEST_START = 120

/** Seconds: stamps of logs are whole ones, and what was there before is stopped right before the start. */
const SLACK = 5

/** Calm for so many times as long as it took: what comes in bursts would mostly have come again. */
const CALM = 2

/**
 * The unit behind the address was started before the last error and took a while until it listened: nobody was there until then, and since then
 * everybody was served. null when one of these was not seen; a unit that systemd or a script starts again and again is not one that was slow once.
 */
export function startedSlowly(
  sighting: {
    readonly kind: TroubleKind
    readonly address: string | null
    readonly sites: readonly string[]
    readonly firstAgo: number | null
    readonly lastAgo: number
  },
  facts: Facts,
  behind: Pick<Facts, 'host' | 'backend-units'>,
): string | null {
  const { kind, address, sites, firstAgo, lastAgo } = sighting
  if (!notListening.has(kind) || address === null || !behind.host.known) return null
  const unit = steadyUnit(address, lastAgo, behind)
  if (unit === null) return null
  const took = agoOf(unit.startedAt, behind.host.value) - lastAgo
  if (took > LONGEST_START || lastAgo < CALM * took) return null
  // Errors from before that start have another reason, which may come again.
  if (firstAgo === null || firstAgo > took + lastAgo + SLACK) return null
  return isOutlived(sites, sighting, facts) === true
    ? `${unit.id} was started ${inWords(took + lastAgo)} ago, listened soon after, and every request since the last error was served`
    : null
}

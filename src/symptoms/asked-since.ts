import { type AccessCounts, bucketSeconds } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import { logsOf } from './traffic.ts'

/** The access log is read after the error log, on a loaded host by many seconds: its newest requests may have lines that were not read. */
const READ_SECONDS = 15

/** Fewer requests say nothing, and so does what happens by chance once in a hundred times. */
const FEW = 10
const CHANCE = 0.01

/** A failure that leaves a line in the error log each time, in seconds before the capture. */
export interface Lined {
  readonly sites: readonly string[]
  readonly lines: number
  readonly firstAgo: number | null
  readonly lastAgo: number | null
}

/** How many requests came to these sites since the last of the lines, however they were answered, and left none; null where that may be chance. */
export function askedSince({ sites, lines, firstAgo, lastAgo }: Lined, facts: Facts): number | null {
  if (firstAgo === null || lastAgo === null) return null
  const steps = logsOf(sites, facts).flatMap(({ byAge }) => byAge)
  const border = lastAgo - READ_SECONDS
  const since = requestsIn(steps.filter(({ ago }) => ago + bucketSeconds <= border))
  const during = requestsIn(steps.filter(({ ago }) => ago + bucketSeconds > border && ago <= firstAgo))
  if (since < FEW || during === 0) return null
  return (1 - Math.min(1, lines / during)) ** since < CHANCE ? since : null
}

function requestsIn(steps: AccessCounts['byAge']): number {
  return steps.reduce((sum, { good, failed }) => sum + good + failed, 0)
}

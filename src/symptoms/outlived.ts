import { bucketSeconds } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import { logsOf } from './traffic.ts'

/** When something failed, in seconds before the capture. */
interface Span {
  readonly firstAgo: number | null
  readonly lastAgo: number | null
}

/**
 * Since the last failure these sites answered so many requests, none of them with 5xx, that what failed as often as it did would have failed
 * again, but for one chance in a hundred. It does not tell that the same was asked for. null where nobody knows whose requests they were.
 */
export function isOutlived(sites: readonly string[], { firstAgo, lastAgo }: Span, facts: Facts): boolean | null {
  const logs = logsOf(sites, facts)
  if (firstAgo === null || lastAgo === null || logs.length === 0) return null
  const steps = logs.flatMap(({ byAge }) => byAge)
  // By the access log's own clock: it is read after the error log, on a loaded host by many seconds.
  const ages = steps.filter((step) => step.failed > 0 && step.ago <= firstAgo + READ_SECONDS).map(({ ago }) => ago)
  if (ages.length === 0) return false
  const [newest, oldest] = [Math.min(...ages), Math.max(...ages)]
  const during = steps.filter(({ ago }) => ago >= newest && ago <= oldest)
  const failed = sum(during.map((step) => step.failed))
  const all = failed + sum(during.map((step) => step.good))
  const good = sum(steps.filter(({ ago }) => ago < newest).map((step) => step.good))
  if (good < FEW || newest + bucketSeconds < lastAgo) return false
  return (1 - failed / all) ** good < CHANCE
}

const READ_SECONDS = 15
const FEW = 10
const CHANCE = 0.01

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

import type { AccessCounts } from '../probes/access-log.ts'
import { bucketSeconds } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'

/** What the access logs say of sites that have one to themselves. */
export interface Traffic {
  /** Share of requests since the trouble began (of the last ten minutes at most) that were answered 5xx, 0..1. */
  readonly failingShare: number | null
  /** Some request was answered well after the trouble began. */
  readonly someSucceed: boolean
}

/**
 * Requests to these sites since the trouble began, `sinceAgo` seconds before the capture (null: the whole window). Nothing is known
 * when other sites write into the same log or none could be read: then nobody can tell whose requests they are.
 */
export function trafficOf(sites: readonly string[], facts: Facts, sinceAgo: number | null): Traffic {
  const steps = logsOf(sites, facts).flatMap((log) =>
    log.byAge.filter(({ ago }) => sinceAgo === null || ago + bucketSeconds <= sinceAgo),
  )
  const failed = steps.reduce((sum, step) => sum + step.failed, 0)
  const good = steps.reduce((sum, step) => sum + step.good, 0)
  return { failingShare: failed + good === 0 ? null : failed / (failed + good), someSucceed: good > 0 }
}

/** Access logs into which no other site writes; none of them where one was not read to its end, as what is missing may be what failed, or where visitors can write lines. */
export function logsOf(sites: readonly string[], facts: Facts): readonly AccessCounts[] {
  const access = facts['access-log']
  const config = facts['nginx-config']
  if (!access.known || !config.known || sites.length === 0) return []
  const { accessLogs } = config.value.model
  const targets = accessLogs.flatMap(({ target, serverNames }) =>
    target.kind === 'file' ? [{ path: target.path, theirs: serverNames.some((name) => sites.includes(name)) }] : [],
  )
  const others = new Set(targets.flatMap(({ path, theirs }) => (theirs ? [] : [path])))
  const own = new Set(targets.flatMap(({ path }) => (others.has(path) ? [] : [path])))
  const logs = access.value.logs.filter(({ path }) => own.has(path))
  const last = access.value.logs.at(-1)
  const cut = access.value.cut && (logs.length < own.size || logs.some((log) => log === last))
  return cut || logs.some(({ state, forgeable }) => state === 'unreadable' || forgeable !== undefined) ? [] : logs
}

import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { NginxProcesses } from '../probes/nginx-processes.ts'
import type { Event } from '../symptoms/events.ts'
import { agoOf } from '../symptoms/time.ts'
import type { AccessCounts, AccessLogs, AnswerCount } from '../probes/access-log.ts'

/**
 * nginx loaded its configuration after the newest of these lines: what the configuration caused may be mended since. Stamps are whole
 * seconds, so that lines which only began with the load must not look as if they had ended with it.
 */
export function loadedSince(
  event: Pick<Event, 'firstAgo' | 'lastAgo'>,
  host: Host,
  processes: NginxProcesses,
): boolean {
  const loaded = processes.oldestWorker?.startedAt
  if (loaded === undefined) return false
  const ago = agoOf(loaded, host)
  return ago < event.lastAgo + 1 && ago < event.firstAgo - 1
}

/**
 * Refusals of single clients are the day's noise; so many that they are a good part of what is asked are worth a diagnosis. Of the logs
 * that have the status at all, because a site that is not concerned says nothing about it.
 */
export function isMuch(status: number, recent: number, access: Fact<AccessLogs>): boolean {
  if (recent < FEW) return false
  if (!access.known) return true
  const logs = access.value.logs.filter((log) => log.byStatus.has(status))
  const [refused, all] = logs.reduce(
    ([n, total], log) => [n + (log.byStatus.get(status) ?? 0), total + log.total],
    [0, 0],
  )
  return all === 0 || refused / all >= SHARE
}

/** Few of all requests to a busy site, and most of those to one part of it: that part does not work for its visitors. */
export function isMostThere(status: number, recent: number, access: Fact<AccessLogs>): boolean {
  if (recent < FEW || !access.known) return false
  return access.value.logs.some((log) => mostOfPart(status, log, FEW) !== null)
}

/** The part of the site where at least so many, and most of what is asked, got this status. */
export function mostOfPart(status: number, log: AccessCounts, least: number): AnswerCount | null {
  return (
    log.answers.find((answer) => {
      if (answer.status !== status || answer.segment === null || answer.count < least) return false
      const asked = log.asked.find((each) => each.site === answer.site && each.segment === answer.segment)
      return asked !== undefined && answer.count >= MOST * asked.count
    }) ?? null
  )
}

/** Fewer in ten minutes than one a minute are noise. */
const FEW = 10
const SHARE = 0.2
const MOST = 0.5

/** Who got this status, by the access logs: "10.0.0.7 (40 of 42)"; null when no log tells. */
export interface Refused {
  readonly busiest: string
  readonly share: number
  readonly distinct: number
}

export function refusedClients(status: number, access: Fact<AccessLogs>): Refused | null {
  if (!access.known) return null
  const logs = access.value.logs.flatMap((log) => {
    const clients = log.clients.find((each) => each.status === status)
    return clients?.busiest[0] ? [{ clients, first: clients.busiest[0], count: log.byStatus.get(status) ?? 0 }] : []
  })
  const most = logs.toSorted((a, b) => b.count - a.count)[0]
  return most
    ? {
        busiest: most.first.address,
        share: most.count === 0 ? 0 : most.first.count / most.count,
        distinct: most.clients.distinct,
      }
    : null
}

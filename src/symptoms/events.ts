import type { ErrorLine } from '../nginx/error-line.ts'
import { kindOf, type MessageKind } from '../nginx/messages.ts'
import type { ErrorLogs, LogGroup } from '../probes/error-log.ts'
import type { Host } from '../probes/host.ts'
import type { Facts } from '../probes/index.ts'
import { recentSeconds } from './course.ts'
import { aheadBy } from './ahead.ts'
import { isOutlived } from './outlived.ts'
import { stampAgo } from './time.ts'

/**
 * What the error log says beside trouble with an upstream: limits, files, workers, start-up, and the words of each line of an
 * upstream too. Alike entries of all logs together, newest line kept. Only entries whose head a client cannot forge.
 */
export interface Event {
  readonly kind: MessageKind
  /** The newest. */
  readonly line: ErrorLine
  readonly groups: readonly LogGroup[]
  readonly count: number
  /** Of the last ten minutes. */
  readonly recent: number
  /** Seconds before the capture. */
  readonly firstAgo: number
  readonly lastAgo: number
  /** Server names in the lines. */
  readonly sites: readonly string[]
  /** Younger than ten minutes. */
  readonly now: boolean
  /** Its sites answered many requests since, and none with 5xx: it may well be over. null where no access log tells. */
  readonly outlived: boolean | null
}

/** Entries are one event when kind, errno and upstream are the same, and the message apart from numbers and quoted text. Pure. */
export function eventsOf(logs: ErrorLogs, host: Host, facts: Facts): readonly Event[] {
  const buckets = new Map<string, LogGroup[]>()
  for (const group of logs.groups) {
    if (!group.line.headTrusted) continue
    const key = [kindOf(group.line), group.line.errno, upstreamOf(group.line), skeleton(group.line.message)].join('|')
    buckets.set(key, [...(buckets.get(key) ?? []), group])
  }
  return [...buckets.values()].flatMap((groups) => eventOf(groups, logs, host, facts) ?? [])
}

/** Events of these kinds, the newest first. */
export function eventsOfKind(events: readonly Event[], ...kinds: readonly MessageKind[]): readonly Event[] {
  return events.filter((event) => kinds.includes(event.kind)).toSorted((a, b) => a.lastAgo - b.lastAgo)
}

function eventOf(groups: readonly LogGroup[], logs: ErrorLogs, host: Host, facts: Facts): Event | null {
  const shiftOf = (log: string): number => logs.files.find((file) => file.path === log)?.shift ?? 0
  const times = groups.map((group) => ({
    group,
    first: stampAgo(group.first, shiftOf(group.log), host) ?? Infinity,
    last: stampAgo(group.last, shiftOf(group.log), host) ?? Infinity,
  }))
  const newest = times.toSorted((a, b) => a.last - b.last)[0]
  if (!newest) return null
  // What is stamped in the future of the host's clock may be of any age.
  const dated = groups.filter((group) => aheadBy(group, logs, host) === 0)
  const recent = dated.reduce((sum, group) => sum + group.recent, 0)
  const sites = [...new Set(groups.map((group) => group.line.server ?? '').filter((name) => name !== ''))]
  const firstAgo = Math.max(...times.map((each) => each.first))
  return {
    kind: kindOf(newest.group.line),
    line: newest.group.line,
    groups,
    count: groups.reduce((sum, group) => sum + group.count, 0),
    recent,
    firstAgo,
    lastAgo: newest.last,
    sites,
    now: recent > 0 || times.some(({ group, last }) => last <= recentSeconds && dated.includes(group)),
    outlived: isOutlived(sites, { firstAgo, lastAgo: newest.last }, facts),
  }
}

function upstreamOf(line: ErrorLine): string {
  return line.upstreamTrusted ? (line.upstream ?? '').replace(/^(\w+:\/\/[^/]*).*/, '$1') : ''
}

/** The message without what differs from one entry to the next. */
function skeleton(message: string): string {
  return message
    .slice(0, 300)
    .replace(/"[^"]*"/g, '""')
    .replace(/\d+/g, 'N')
}

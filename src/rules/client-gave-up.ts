import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { inForce, visit } from '../nginx/config-scope.ts'
import { seconds } from '../nginx/time.ts'
import type { AccessCounts } from '../probes/access-log.ts'
import { nameOf, serversLoggingTo } from '../symptoms/answering-servers.ts'
import { isOpen } from '../symptoms/course.ts'
import { instantAgo } from '../symptoms/time.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { mostOfPart } from './notice-course.ts'

type Seen = View<Knowledge, 'access-log' | 'host' | 'nginx-config', 'troubles' | 'live-requests'>

/** Fewer 499s, or a smaller part of what is asked, are people who close a page. */
const FEW = 10
const SHARE = 0.2
const HINT = 3

/** Heaped: so much of all 499s lies within three tenths of a second. */
const HEAPED = 0.6

/** A heap below this is no time-out that anybody sets. */
const LEAST_SECONDS = 0.5

/**
 * Notice: the client, or the load balancer before this nginx, closes the connection before the answer (499).
 * Tell-tale: 499s whose request times are heaped at one value below the time-out of nginx, from few addresses. Without $request_time in the
 * log it is possible only.
 * Look-alikes: backend-slow (what makes them wait; both are told, the slow backend first), backend-hung.
 */
export const clientGaveUp = defineRule({
  id: 'client-gave-up',
  needs: ['access-log', 'host', 'nginx-config'],
  settles: ['troubles', 'live-requests'],
  judge: (seen) => seen['access-log'].logs.flatMap((log) => judgeLog(log, seen)),
})

function judgeLog(log: AccessCounts, seen: Seen): Claim[] {
  const count = log.byStatus.get(499) ?? 0
  const much = count >= FEW && count / Math.max(1, log.total) >= SHARE
  // Three of three that give up on one page are no alarm, and what somebody who asks about that page wants to hear.
  return much || mostOfPart(499, log, HINT) !== null ? [claimOf(log, count, much, seen)] : []
}

interface Heap {
  readonly seconds: number
  readonly share: number
}

/** The fullest three steps in a row. */
function heapOf({ gaveUp }: AccessCounts, count: number): Heap | null {
  const heaps = gaveUp.map(({ seconds: from }) => ({
    seconds: from,
    share:
      gaveUp
        .filter((each) => each.seconds >= from - 0.05 && each.seconds <= from + 0.25)
        .reduce((sum, each) => sum + each.count, 0) / count,
  }))
  const [most] = heaps.toSorted((a, b) => b.share - a.share)
  return most && most.share >= HEAPED && most.seconds >= LEAST_SECONDS ? most : null
}

function claimOf(log: AccessCounts, count: number, much: boolean, seen: Seen): Claim {
  const { model } = seen['nginx-config']
  const servers = serversLoggingTo(log.path, model)
  const sites = servers.flatMap((server) => nameOf(server) ?? [])
  const heap = heapOf(log, count)
  const limit = Math.min(
    ...model.passes.filter((pass) => pass.server !== null && servers.includes(pass.server)).map(timeoutOf),
  )
  const part = mostOfPart(499, log, HINT)
  const clients = log.clients.find(({ status }) => status === 499)
  const first = clients?.busiest[0]
  const rows = log.answers.filter(({ status }) => status === 499)
  const firstAgo = rows.length > 0 ? Math.max(...rows.map((row) => row.firstAgo)) : null
  const lastAgo = rows.length > 0 ? Math.min(...rows.map((row) => row.lastAgo)) : null
  // A site that does not even answer us is not left by impatient clients.
  const silent =
    seen['live-requests'].known &&
    seen['live-requests'].value.answers.some(
      ({ way, host, status }) => way === 'nginx' && sites.includes(host) && status === null,
    )
  const shown = much && heap !== null && heap.seconds < limit && !silent
  const who = first ? `${first.address} (${Math.round((100 * first.count) / count)} % of them)` : 'clients'
  const realIp = visit(model.main).some(({ directive }) => directive.name === 'set_real_ip_from')
  const proxied = clients?.distinct === 1 && !realIp
  return {
    summary: shown
      ? `clients of ${sites[0] ?? log.path} hang up after ${heap.seconds.toFixed(1)} s, before the answer (499, ${count} of ${log.total} requests), most often ${who}; nginx itself would wait ${limit} s`
      : `clients of ${sites[0] ?? log.path} hang up before the answer (499, ${count} of ${log.total} requests${part?.segment == null ? '' : `, most on ${part.segment}`})`,
    subject: {},
    failingNow: shown,
    impact: {
      count,
      firstSeen: firstAgo === null ? null : instantAgo(seen.host, firstAgo),
      lastSeen: lastAgo === null ? null : instantAgo(seen.host, lastAgo),
      sites,
      failingShare: null,
      intermittent: true,
    },
    evidence: [
      seenBy(
        'access-log',
        `tail ${log.path}`,
        [
          `499: ${count} of ${log.total} requests of the last ten minutes`,
          ...(heap ? [`${Math.round(heap.share * 100)} % of them after ${heap.seconds.toFixed(1)} s`] : []),
          ...(clients ? [`${clients.distinct} clients, ${who}`] : []),
        ].join('\n'),
      ),
    ],
    unlike: [slowAlike(sites, seen), hungAlike(sites, seen)],
    ...(!shown && { atMost: 'possible' as const }),
    steps: [
      ...(heap === null && !log.fields.includes('request_time')
        ? [`add $request_time to the log_format of ${log.path}: the times tell a time-out from impatience`]
        : [
            `compare the time-out of what stands before nginx (load balancer, CDN, client library) with ${heap === null ? "nginx's" : `${heap.seconds.toFixed(1)} s`}`,
          ]),
      ...(proxied
        ? [
            `all come from one address: if ${first?.address ?? 'it'} is a proxy, set_real_ip_from and real_ip_header show the clients`,
          ]
        : []),
      'find what keeps the answers waiting: the log of the backend',
    ],
  }
}

function timeoutOf(pass: Seen['nginx-config']['model']['passes'][number]): number {
  return seconds(inForce(pass.scope, `${pass.protocol}_read_timeout`)?.args[0] ?? '60s') ?? 60
}

/** Whoever waits for nothing gives up as well. */
function hungAlike(sites: readonly string[], { 'live-requests': live }: Seen): LookAlike {
  if (!live.known) return notJudged('backend-hung', live.reason)
  const answered = live.value.answers.find(
    ({ way, host, status }) => way === 'nginx' && sites.includes(host) && status !== null,
  )
  return answered
    ? ruledOut('backend-hung', `${answered.host}${answered.path} answers ${answered.status ?? ''}`)
    : notJudged('backend-hung', 'whether the site answers anybody was not seen')
}

function slowAlike(sites: readonly string[], seen: Seen): LookAlike {
  if (!seen.troubles.known) return notJudged('backend-slow', seen.troubles.reason)
  const late = seen.troubles.value.some(
    (trouble) =>
      trouble.kind === 'answer-timeout' && isOpen(trouble) && trouble.sites.some((site) => sites.includes(site)),
  )
  return late
    ? notJudged('backend-slow', 'nginx itself gives up waiting as well')
    : ruledOut('backend-slow', 'nginx itself never gave up waiting for the backend')
}

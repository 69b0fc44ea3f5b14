import { parsed, unusable } from '../diagnosis/fact.ts'
import { accessLogScript, bucketSeconds } from './access-log-script.ts'
import { type Section, sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export { bucketSeconds } from './access-log-script.ts'

/** Requests that were answered alike: same status, site and first part of the path. */
export interface AnswerCount {
  readonly status: number
  readonly count: number
  /** Seconds before the capture. */
  readonly firstAgo: number
  readonly lastAgo: number
  /** Of these, the ones with that very status from the upstream ($upstream_status), and those that asked none; both 0 where the format has no such field. */
  readonly fromUpstream: number
  readonly noUpstream: number
  /** $server_name, else $host, where the format has one; a client may have chosen the latter. */
  readonly site: string | null
  /** "/cart" of "/cart/17?x=1"; null when there was no path. A client chose it. */
  readonly segment: string | null
  /** Bytes of the body ($body_bytes_sent) of the first of them, and how many had as many; null where the format does not tell, and for statuses below 500 but 404. */
  readonly body: { readonly bytes: number; readonly count: number } | null
}

/** Clients that got one status, the busiest first. */
export interface ClientCount {
  readonly status: number | 'all'
  readonly distinct: number
  readonly busiest: readonly { readonly address: string; readonly count: number }[]
}

/** Requests of the last ten minutes in one access log, by status. */
export interface AccessCounts {
  readonly path: string
  readonly state: 'read' | 'missing' | 'unreadable'
  readonly total: number
  readonly byStatus: ReadonlyMap<number, number>
  /** Seconds since the newest line that is no 5xx and no 499; null when the window has none. */
  readonly lastGoodAgo: number | null
  /** The same requests by age: how many were answered well and with 5xx, in steps of `bucketSeconds` before the capture. */
  readonly byAge: readonly { readonly ago: number; readonly good: number; readonly failed: number }[]
  /** Answers of 400 and more; what counts as failing comes first. */
  readonly answers: readonly AnswerCount[]
  /** Such answers at paths that end in a usual name of a websocket, by that name: "/cable" of "/api/cable". */
  readonly sockets: readonly (Pick<AnswerCount, 'status' | 'count' | 'site' | 'segment'> & {
    readonly ending: string
  })[]
  /** All requests by site and first part of the path, with how many were answered below 400. */
  readonly asked: readonly (Pick<AnswerCount, 'site' | 'segment' | 'count'> & { readonly passed: number })[]
  readonly clients: readonly ClientCount[]
  /** $request_time of the 499s in steps of a tenth of a second, the fullest steps first. */
  readonly gaveUp: readonly { readonly seconds: number; readonly count: number }[]
  /** $request_time of requests answered below 400: half, nine tenths and all of them took no longer. */
  readonly quick: { readonly count: number; readonly half: number; readonly most: number; readonly all: number } | null
  /** Which of nginx's variables could be read: "status request request_time". Empty in captures that are older than this. */
  readonly fields: readonly string[]
  /** The log is so busy that only its last part was counted: seconds that it covers; null when all of the ten minutes were. */
  readonly covers: number | null
  /** Visitors can write whole lines of it: so many kinds of its answers, 502 and 504, are left out (symptoms/forgeable-logs.ts). */
  readonly forgeable?: number
}

export interface AccessLogs {
  readonly logs: readonly AccessCounts[]
  /** The answer did not travel to its end. */
  readonly cut: boolean
}

/**
 * How the requests of the last ten minutes were answered, counted on the host from every access log: its log_format is read from the
 * configuration (JSON as well); what does not fit it counts as far as a `[time]` and a status behind a quote go.
 *
 * Sample (nginx 1.22.1, Debian 12), format: combined with $request_time and $upstream_status; columns of `answer` are count, first and
 * last seconds ago, same status from the upstream, no upstream asked, status, site, path:
 *     @log read /var/log/nginx/access.log
 *     fields status time_local request remote_addr request_time upstream_status
 *     status 502 42
 *     status 200 8
 *     good 12
 *     age 0 0 9
 *     answer 42 97 3 0 0 502 - /cart
 *     seen 50 8 - /cart
 *     body 42 157 502 - /cart
 *     below 24 404 - /api /cable
 *     clients 1 499
 *     client 15 499 10.0.0.1
 *     early 15 1.2
 *     quick 8 0.1 0.2 0.4
 */
export const accessLog = defineProbe({
  id: 'access-log',
  command: 'tail of every access_log',
  seconds: 6,
  cap: 131_072,
  script: accessLogScript,
  parse(capture) {
    const logs = sections(capture.stdout, ['log']).map(readLog)
    if (!logs.some((log) => log.state === 'read')) return unusable('no access log could be read')
    return parsed<AccessLogs>({ logs, cut: capture.truncated })
  },
})

function readLog(part: Section): AccessCounts {
  const [state = '', ...path] = part.rest.split(' ')
  const rows = part.body.map((line) => line.split(' '))
  const of = (key: string): readonly (readonly string[])[] =>
    rows.filter(([first]) => first === key).map(([, ...rest]) => rest)
  const byStatus = new Map(of('status').map(([code, n]) => [Number(code), Number(n)]))
  const good = of('good')[0]?.[0]
  const oldest = of('oldest').map(([ago]) => Number(ago))
  const [count, half, most, all] = of('quick')[0] ?? []
  return {
    path: path.join(' '),
    state: state === 'read' || state === 'missing' ? state : 'unreadable',
    total: [...byStatus.values()].reduce((sum, n) => sum + n, 0),
    byStatus,
    lastGoodAgo: good === undefined ? null : Math.max(0, Number(good)),
    byAge: of('age').map(([step, well, failed]) => ({
      ago: Number(step) * bucketSeconds,
      good: Number(well),
      failed: Number(failed),
    })),
    answers: of('answer').flatMap((row) => readAnswer(row, of('body'))),
    sockets: of('below').map(([n, status, site, segment, ending]) => ({
      count: Number(n),
      status: Number(status),
      site: named(site),
      segment: named(segment),
      ending: ending ?? '',
    })),
    asked: of('seen').map(([n, passed, site, segment]) => ({
      count: Number(n),
      passed: Number(passed),
      site: named(site),
      segment: named(segment),
    })),
    clients: of('clients').map(([distinct, status]) => ({
      status: status === 'all' ? 'all' : Number(status),
      distinct: Number(distinct),
      busiest: of('client')
        .filter(([, about]) => about === status)
        .map(([n, , address]) => ({ count: Number(n), address: address ?? '' })),
    })),
    gaveUp: of('early').map(([n, seconds]) => ({ seconds: Number(seconds), count: Number(n) })),
    quick:
      count === undefined ? null : { count: Number(count), half: Number(half), most: Number(most), all: Number(all) },
    fields: of('fields')[0] ?? [],
    covers: oldest.length === 0 || oldest.some((ago) => ago > 600) ? null : Math.max(...oldest),
  }
}

function readAnswer(row: readonly string[], bodies: readonly (readonly string[])[]): AnswerCount[] {
  const [count, first, last, same, none, status, site, segment] = row
  if (segment === undefined) return []
  const body = bodies.find((each) => each[2] === status && each[3] === site && each[4] === segment)
  return [
    {
      status: Number(status),
      count: Number(count),
      firstAgo: Number(first),
      lastAgo: Number(last),
      fromUpstream: Number(same),
      noUpstream: Number(none),
      site: named(site),
      segment: named(segment),
      body: body ? { count: Number(body[0]), bytes: Number(body[1]) } : null,
    },
  ]
}

function named(text: string | undefined): string | null {
  return text === undefined || text === '-' ? null : text
}

import type { Server } from '../nginx/config-servers.ts'
import type { AccessCounts, AnswerCount } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { nameOf, serversLoggingTo } from './answering-servers.ts'

/** What nginx and simple servers say to a few requests that they cannot read (ngx_http_request.c): clients, no fault. */
const UNREADABLE: readonly number[] = [501, 505]

/** So many alike, and half of what is asked there, are no odd clients any more. */
const MANY = 10

function isFailing({ status, count, site, segment }: AnswerCount, { asked }: AccessCounts): boolean {
  if (status < 500 || !UNREADABLE.includes(status)) return status >= 500
  const all = asked.find((each) => each.site === site && each.segment === segment)
  return count >= MANY && all !== undefined && 2 * count >= all.count
}

export interface Logged {
  readonly server: Server | null
  readonly sites: readonly string[]
  readonly answer: AnswerCount
}

/** Each 5xx of the access logs with the server that gave it; several servers that share a log are told apart by the log itself or by live requests. */
export function loggedAnswers(facts: Facts): readonly Logged[] {
  const { 'access-log': access, 'nginx-config': config } = facts
  if (!access.known) return []
  return access.value.logs.flatMap((log) => {
    const writers = config.known ? serversLoggingTo(log.path, config.value.model) : []
    return log.answers
      .filter((answer) => isFailing(answer, log))
      .map((answer): Logged => {
        const named = answer.site === null ? writers : writers.filter((each) => each.names.includes(answer.site ?? ''))
        const failing = named.filter((each) => liveAnswers(facts).some(({ server }) => server === each))
        const [only, ...others] = failing.length > 0 ? failing : named
        if (only && others.length === 0)
          return { server: only, sites: [nameOf(only)].filter((name) => name !== null), answer }
        const names = named.flatMap((each) => nameOf(each) ?? [])
        return { server: null, sites: names.length <= 3 ? names : [], answer }
      })
  })
}

/** Live requests through nginx that were answered 5xx, whoever gave the answer, with the server asked. */
export function liveAnswers(facts: Facts): readonly { readonly server: Server; readonly answer: LiveAnswer }[] {
  const { 'live-requests': live, 'nginx-config': config } = facts
  if (!live.known || !config.known) return []
  const { servers } = config.value.model
  return live.value.answers
    .filter((answer) => answer.way === 'nginx' && (answer.status ?? 0) >= 500 && answer.status !== 505)
    .flatMap((answer) => {
      const port = Number(/:(\d+)$/.exec(answer.endpoint)?.[1] ?? 0)
      const server = servers.find(
        (each) => each.names.includes(answer.host) && each.listens.some((listen) => listen.port === port),
      )
      return server ? [{ server, answer }] : []
    })
}

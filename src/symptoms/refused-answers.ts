import { type EndpointUse, endpointsOf } from '../nginx/config-endpoints.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import { passesFor, pathOfPart } from '../nginx/location-match.ts'
import type { AccessLogs, AnswerCount } from '../probes/access-log.ts'
import { serversLoggingTo } from './answering-servers.ts'

/** Requests that the backend answers 400, nearly all of them: nginx and Apache say that on a TLS port to a request in clear, a server of HTTP to the uwsgi protocol, and nothing fails for nginx then. */
export interface RefusedAnswers {
  readonly address: string
  readonly use: EndpointUse
  readonly log: string
  readonly answer: AnswerCount
  /** Requests to the same part of the site in the same ten minutes; some may be older than the fault. */
  readonly asked: number
  /** All but stray ones; else it is a part of them, as one of several peers would give. */
  readonly nearlyAll: boolean
}

/** So many 400 in ten minutes are no client that speaks badly. */
const MANY = 10

/** From this share on it is no single page that goes wrong. */
const MOST = 0.8

/** Of several peers one alone gives a part of the answers only. */
const SOME = 0.05

export function refusedAnswers(access: AccessLogs, configured: ConfigModel): readonly RefusedAnswers[] {
  const endpoints = endpointsOf(configured)
  return access.logs.flatMap((log) => {
    const writers = serversLoggingTo(log.path, configured)
    return log.answers
      .filter((answer) => answer.status === 400 && answer.count >= MANY && answer.segment !== null)
      .flatMap((answer) => {
        const all = log.asked.find((each) => each.site === answer.site && each.segment === answer.segment)
        return all && answer.count >= SOME * all.count ? [{ answer, asked: all.count }] : []
      })
      .flatMap(({ answer, asked }) => {
        const reached = writers
          .filter((server) => answer.site === null || server.names.includes(answer.site))
          .flatMap((server) => passesFor(configured, server, pathOfPart(server, answer.segment)))
          .filter((pass) => (pass.protocol === 'proxy' && pass.scheme === 'http') || pass.protocol === 'uwsgi')
          .flatMap((pass) =>
            endpoints.flatMap(({ address, usedBy }) =>
              usedBy.filter((use) => use.pass === pass).map((use) => ({ address, use })),
            ),
          )
        const nearlyAll = answer.count >= MOST * asked
        const peers = new Set(reached.map(({ address }) => address)).size
        return nearlyAll || peers > 1
          ? reached.map((each) => ({ ...each, log: log.path, answer, asked, nearlyAll }))
          : []
      })
  })
}

import { type EndpointUse, endpointsOf } from '../nginx/config-endpoints.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import { passesFor } from '../nginx/location-match.ts'
import type { AccessLogs, AnswerCount } from '../probes/access-log.ts'
import { serversLoggingTo } from './answering-servers.ts'

/** Requests that the backend answers 400, all of them: nginx and Apache say that on a TLS port to a request in clear, and nothing fails for nginx then. */
export interface RefusedAnswers {
  readonly address: string
  readonly use: EndpointUse
  readonly log: string
  readonly answer: AnswerCount
}

/** So many 400 in ten minutes are no client that speaks badly. */
const MANY = 10

export function refusedAnswers(access: AccessLogs, configured: ConfigModel): readonly RefusedAnswers[] {
  const endpoints = endpointsOf(configured)
  return access.logs.flatMap((log) => {
    const writers = serversLoggingTo(log.path, configured)
    return log.answers
      .filter((answer) => answer.status === 400 && answer.count >= MANY && answer.segment !== null)
      .filter((answer) => {
        const asked = log.asked.find((each) => each.site === answer.site && each.segment === answer.segment)
        return asked !== undefined && asked.passed === 0 && answer.count >= 0.9 * asked.count
      })
      .flatMap((answer) =>
        writers
          .filter((server) => answer.site === null || server.names.includes(answer.site))
          .flatMap((server) => passesFor(configured, server, answer.segment ?? '/'))
          .filter((pass) => pass.protocol === 'proxy' && pass.scheme === 'http')
          .flatMap((pass) =>
            endpoints.flatMap(({ address, usedBy }) =>
              usedBy.filter((use) => use.pass === pass).map((use) => ({ address, use, log: log.path, answer })),
            ),
          ),
      )
  })
}

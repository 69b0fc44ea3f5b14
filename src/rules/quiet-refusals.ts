import type { Fact } from '../diagnosis/fact.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import { allInForce, type Scope } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import { pathOfPart } from '../nginx/location-match.ts'
import type { AccessLogs, AnswerCount } from '../probes/access-log.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { scopeFor } from './named-servers.ts'

/** Answers that nginx would have said something about, had the error log of that place taken lines of that level. */
export interface QuietRefusal {
  readonly server: Server
  readonly scope: Scope
  readonly answer: AnswerCount
  /** Requests to the same part of the site, and those that were answered below 400. */
  readonly asked: number
  readonly passed: number
  readonly log: string
}

/** Fewer in ten minutes than one a minute are noise. */
const FEW = 10

/** Levels of error_log, the least grave first (ngx_log.c). */
const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

/**
 * Answers with a status that one place of the configuration can give by itself (`levelOf` a scope: the level of nginx's line about it, null
 * where it would not give that status), where that line is kept out of the error log. A status that the backend gave is none.
 */
export function quietRefusals(
  access: Fact<AccessLogs>,
  configured: ConfigModel,
  levelOf: (scope: Scope, status: number) => string | null,
): readonly QuietRefusal[] {
  if (!access.known) return []
  return access.value.logs.flatMap((log) => {
    const writers = serversLoggingTo(log.path, configured)
    return log.answers
      .filter(({ count, fromUpstream, segment }) => count >= FEW && fromUpstream === 0 && segment !== null)
      .flatMap((answer) => {
        const named = writers.filter(({ names }) => answer.site === null || names.includes(answer.site))
        const [server, ...others] = named
        const scope = server && others.length === 0 ? scopeFor(server, pathOfPart(server, answer.segment)) : null
        const level = scope && levelOf(scope, answer.status)
        const all = log.asked.find(({ site, segment }) => site === answer.site && segment === answer.segment)
        if (!server || !scope || level === null || !all || !isKeptOut(scope, level)) return []
        return [{ server, scope, answer, asked: all.count, passed: all.passed, log: log.path }]
      })
  })
}

/** The error log of a place takes no lines of this level. */
export function isKeptOut(scope: Scope, level: string): boolean {
  const logs = allInForce(scope, 'error_log').filter(({ args }) => args[0] !== '/dev/null')
  const written = allInForce(scope, 'error_log').length > 0
  const least = logs.map(({ args }) => LEVELS.indexOf(args[1] ?? 'error'))
  return LEVELS.indexOf(level) < (written ? Math.min(LEVELS.length, ...least) : LEVELS.indexOf('error'))
}

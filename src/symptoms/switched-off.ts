import { configuredAnswers } from '../nginx/switches.ts'
import { locationFor, pathOfPart } from '../nginx/location-match.ts'
import type { Server } from '../nginx/config-servers.ts'
import { type AnswerCount, bucketSeconds } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import { serversLoggingTo } from './answering-servers.ts'
import { switchedBy } from './switched.ts'

/** So many good answers in a row, and half as many as had failed in a row, are no luck. */
const LEAST_GOOD = 10

/**
 * What ended answers of 5xx that the configuration itself gave: the file that switches them is gone, and ever since the last of them the
 * server answered well. null when that is not seen; nothing else than such a switch may stand behind them.
 */
export function switchedOff(server: Server | null, answers: readonly AnswerCount[], facts: Facts): string | null {
  if (server === null || answers.length === 0) return null
  const reasons = answers.map(({ status, segment }) => {
    const { location, known } = locationFor(server, pathOfPart(server, segment))
    if (!known) return null
    const scope = location?.scope ?? server.scope
    const switches = configuredAnswers(scope).filter((answer) => answer.status === status)
    const states = switches.map((answer) => switchedBy(answer, scope, facts['served-paths']))
    return states.every(({ state }) => state === 'off') ? (states.find(({ path }) => path !== null) ?? null) : null
  })
  const [first] = reasons
  if (first == null || reasons.includes(null)) return null
  const count = answers.reduce((sum, answer) => sum + answer.count, 0)
  const good = goodSince(server, Math.min(...answers.map(({ lastAgo }) => lastAgo)), facts)
  return good >= Math.max(LEAST_GOOD, count / 2)
    ? `${first.because}, and ${good} requests were answered well since`
    : null
}

/** Answers below 500 in the steps of the log that are surely younger. */
function goodSince(server: Server, lastAgo: number, { 'access-log': access, 'nginx-config': config }: Facts): number {
  if (!access.known || !config.known) return 0
  const own = access.value.logs.filter((log) => {
    const writers = serversLoggingTo(log.path, config.value.model)
    return writers.length === 1 && writers[0] === server
  })
  const steps = own.flatMap(({ byAge }) => byAge.filter(({ ago }) => ago + bucketSeconds <= lastAgo))
  return steps.some(({ failed }) => failed > 0) ? 0 : steps.reduce((sum, { good }) => sum + good, 0)
}

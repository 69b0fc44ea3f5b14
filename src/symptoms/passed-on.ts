import type { Fact } from '../diagnosis/fact.ts'
import type { ConfigModel } from '../nginx/config-model.ts'
import { allInForce, inForce, visit, type Scope } from '../nginx/config-scope.ts'
import { isForFailures } from '../nginx/error-pages.ts'
import { locationFor, passesFor } from '../nginx/location-match.ts'
import type { Facts } from '../probes/index.ts'
import type { LiveAnswer, LiveRequests } from '../probes/live-requests.ts'
import { isYounger } from './time.ts'

/** Marks the errors that nginx only passed on (`LiveAnswer.passedOn`): where the backend speaks no HTTP, nobody else tells whose they are. */
export function withPassedOn(facts: Facts): Fact<LiveRequests> {
  const { 'live-requests': live, 'nginx-config': config } = facts
  if (!live.known || !config.known || mayHaveChanged(facts)) return live
  const answers = live.value.answers.map((answer) =>
    isPassedOn(answer, config.value.model) ? { ...answer, passedOn: true } : answer,
  )
  return { ...live, value: { ...live.value, answers } }
}

/**
 * An error without nginx's own page, from a location that passes requests on, where nothing in the configuration could give it: every
 * answer of nginx's own has that page (ngx_http_special_response.c) unless error_page, return, try_files or a scripting module says otherwise.
 */
function isPassedOn(answer: LiveAnswer, model: ConfigModel): boolean {
  const { way, status, nginxPage, exitCode, path, host, endpoint } = answer
  if (way !== 'nginx' || status === null || status < 500 || nginxPage || exitCode !== 0) return false
  const port = Number(/:(\d+)$/.exec(endpoint)?.[1] ?? 0)
  const [server, ...others] = model.servers.filter(
    (each) => each.names.includes(host) && each.listens.some((listen) => listen.port === port),
  )
  if (!server || others.length > 0 || passesFor(model, server, path).length === 0) return false
  const scope = locationFor(server, path).location?.scope ?? server.scope
  return !hasOwnPages(scope) && !visit(server.scope).some(({ directive: { name, args } }) => mayAnswer(name, args))
}

/** Pages for failures; and the words of a commercial build in place of its name, by which its pages are known. */
function hasOwnPages(scope: Scope): boolean {
  const named = inForce(scope, 'server_tokens')?.value ?? 'on'
  return (
    !['on', 'off', 'build'].includes(named) ||
    allInForce(scope, 'error_page').some(({ args }) => isForFailures(args) || args.some((arg) => arg.startsWith('=')))
  )
}

function mayAnswer(name: string, args: readonly string[]): boolean {
  if (/_by_lua|^js_|^perl|^content_by|^echo/.test(name)) return true
  if (name === 'try_files') return args.at(-1)?.startsWith('=5') === true
  return name === 'return' && !/^[1-4]\d\d$/.test(args[0] ?? '')
}

/** What is written may not be what runs. */
function mayHaveChanged({ 'nginx-config': config, 'nginx-processes': processes, host }: Facts): boolean {
  const worker = processes.known ? processes.value.oldestWorker : null
  if (worker === null || !config.known || !host.known) return true
  return config.value.stats.some((stat) => isYounger(stat, worker.startedAt, host.value))
}

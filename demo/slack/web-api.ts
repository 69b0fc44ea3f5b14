import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Call } from './call-log.ts'
import type { Faults } from './faults.ts'
import { textAt } from './json.ts'
import type { JsonObject } from './json.ts'
import type { RateBook } from './rate-tiers.ts'
import { parseArguments, readText } from './request-body.ts'
import { SlackError } from './slack-error.ts'
import { chatMethods } from './web-api/chat.ts'
import { conversationMethods } from './web-api/conversations.ts'
import { fileMethods } from './web-api/files.ts'
import type { Method, WebApiContext } from './web-api/method.ts'
import { peopleMethods } from './web-api/people.ts'
import { surfaceMethods } from './web-api/surfaces.ts'

const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...surfaceMethods,
}

export interface WebApiOptions {
  readonly context: WebApiContext
  readonly botToken: string
  readonly appToken: string
  readonly faults: Faults
  readonly rates: RateBook
  readonly enforceRates: () => boolean
  /** Of the bot token, as Slack lists them beside each answer; null: nothing is listed, and all is granted. */
  readonly scopes: readonly string[] | null
  readonly log: (call: Call) => void
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly error?: string
}

/** Answers `/api/<method>` as Slack does: 200 with ok true or false, 429 with Retry-After. */
export async function answerWebApi(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  options: WebApiOptions,
): Promise<void> {
  const args = parseArguments(request.headers['content-type'] ?? '', await readText(request))
  const token = /^Bearer (?<token>.+)$/iu.exec(request.headers.authorization ?? '')?.groups?.['token'] ?? ''
  const answer = args ? decide(method, args, token || textAt(args, 'token'), options) : refusal('invalid_json')

  const { token: _secret, ...logged } = args ?? {}
  const error = answer.error ? { error: answer.error } : {}
  options.log({ method, at: options.context.now(), args: logged, status: answer.status, ...error })
  const listed = options.scopes === null ? {} : { 'x-oauth-scopes': options.scopes.join(',') }
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...listed, ...answer.headers })
  response.end(answer.body)
}

function decide(method: string, args: JsonObject, token: string, options: WebApiOptions): Answer {
  const fault = options.faults.take(method)
  const channel = textAt(args, 'channel')
  if (fault?.status === 429) return tooMany(fault.retryAfter ?? 1)
  if (fault && fault.status !== 200)
    return { status: fault.status, headers: {}, body: '<html>fault</html>', error: 'fault' }
  if (fault) return refusal(fault.error ?? 'fatal_error')

  const wait = options.rates.wait(method, channel)
  options.rates.record(method, channel)
  if (options.enforceRates() && wait > 0) return tooMany(wait)

  const code = tokenError(method, token, options)
  return code ? refusal(code) : run(method, args, options.context)
}

function tokenError(method: string, token: string, { botToken, appToken }: WebApiOptions): string | undefined {
  if (!token) return 'not_authed'
  if (token !== botToken && token !== appToken) return 'invalid_auth'
  const wanted = method === 'apps.connections.open' ? appToken : botToken
  return token === wanted ? undefined : 'not_allowed_token_type'
}

function run(name: string, args: JsonObject, context: WebApiContext): Answer {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!method) return refusal('unknown_method')
  try {
    return { status: 200, headers: {}, body: JSON.stringify({ ok: true, ...method(args, context) }) }
  } catch (error) {
    if (error instanceof SlackError) return refusal(error.code, error.extra)
    throw error
  }
}

function refusal(error: string, extra: JsonObject = {}): Answer {
  return { status: 200, headers: {}, body: JSON.stringify({ ok: false, error, ...extra }), error }
}

function tooMany(seconds: number): Answer {
  const body = JSON.stringify({ ok: false, error: 'ratelimited' })
  return { status: 429, headers: { 'retry-after': String(seconds) }, body, error: 'ratelimited' }
}

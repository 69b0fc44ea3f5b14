import { inForce } from '../nginx/config-scope.ts'
import type { Location, Server } from '../nginx/config-servers.ts'
import { passesFor, pathOfPart } from '../nginx/location-match.ts'
import type { AccessCounts, AnswerCount } from '../probes/access-log.ts'
import { isOwnNotFound } from '../rules/body-size.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { loadedSince } from '../rules/notice-course.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { isGuessed } from '../symptoms/guessed-part.ts'
import { startPagesRefused } from './start-page.ts'

/** Fewer in ten minutes may be one client with an old address, who comes back. */
const MANY = 10

/** So many to several places, and half of all that is asked, or to a place that the configuration has, and a good part of what is asked. */
const LEAST = 20
const HALF = 0.5
const MUCH = 0.2

/** Nearly everybody who asks for the place. */
const MOST = 0.8

/** What browsers and crawlers ask every site for, whether it has it or not. */
const askedOfAll =
  /^\/(?:favicon|apple-touch-icon|robots\.txt|ads\.txt|app-ads\.txt|sitemap|browserconfig|crossdomain)/i

/** An address with a control character in it is nothing that a page leads to. */
const CONTROL = /%[01][0-9a-f]/i

/**
 * Places that visitors ask for again and again and that nginx itself does not find or give. Those who guess ask for much and for each of it a few
 * times; these ask for the same, and nobody gets it. In words.
 */
export function lostPlaces(known: Knowledge): readonly string[] {
  const { 'access-log': access, 'nginx-config': config } = known
  const places = !access.known || !config.known ? [] : access.value.logs.flatMap((log) => placesOf(log, known))
  return [...places, ...startPagesRefused(known)].slice(0, 4)
}

function placesOf(log: AccessCounts, known: Knowledge): readonly string[] {
  const lost = log.answers.filter((answer) => isLost(answer, log, known))
  const alone = lost.flatMap((answer) => {
    const where = whereWritten(answer, log, known)
    return where === null ? [] : [`${shareOf(answer, log)} are answered ${answer.status} by nginx itself; ${where}`]
  })
  if (alone.length > 0) return alone.slice(0, 2)
  const never = lost.filter(({ status }) => status === 404)
  const count = never.reduce((sum, answer) => sum + answer.count, 0)
  if (never.length < 2 || count < LEAST || count < HALF * log.total) return []
  const names = never.map(({ site, segment }) => `${site ?? ''}${segment ?? ''}`)
  return [
    `${count} of ${log.total} requests are answered 404 by nginx itself, for ${names.slice(0, 5).join(', ')}, which nobody gets (${log.path})`,
  ]
}

function isLost(answer: AnswerCount, log: AccessCounts, known: Knowledge): boolean {
  const { status, segment, count } = answer
  if ((status !== 404 && status !== 403) || segment === null || count < MANY) return false
  if (isGuessed(segment) || askedOfAll.test(segment) || CONTROL.test(segment)) return false
  const { host, 'nginx-processes': processes } = known
  // A configuration that was loaded after the last of them may have mended it.
  if (host.known && processes.known && loadedSince(answer, host.value, processes.value)) return false
  return (count >= MOST * askedOf(answer, log) || alias(answer, log, known) !== null) && isOwn(answer, log, known)
}

function askedOf({ site, segment }: AnswerCount, log: AccessCounts): number {
  return log.asked.find((each) => each.site === site && each.segment === segment)?.count ?? Infinity
}

function shareOf(answer: AnswerCount, log: AccessCounts): string {
  return `${answer.count} of ${askedOf(answer, log)} requests to ${answer.site ?? ''}${answer.segment ?? ''}`
}

/** No backend gave it: none is asked there, or the answer has the size of nginx's own page. */
function isOwn(answer: AnswerCount, log: AccessCounts, known: Knowledge): boolean {
  const { 'nginx-config': config } = known
  if (!config.known) return false
  const servers = serversOf(answer, log, known)
  const asksBackend = servers.some(
    (server) => passesFor(config.value.model, server, pathOfPart(server, answer.segment)).length > 0,
  )
  if (!asksBackend) return true
  const build = known['nginx-build']
  return answer.status === 404 && answer.body !== null && (!build.known || isOwnNotFound(answer, build))
}

function serversOf(
  { site }: AnswerCount,
  { path }: AccessCounts,
  { 'nginx-config': config }: Knowledge,
): readonly Server[] {
  return config.known
    ? serversLoggingTo(path, config.value.model).filter(({ names }) => site === null || names.includes(site))
    : []
}

/** The configuration has a location for it, and so many ask for it that it is no left-over of former days. */
function whereWritten(answer: AnswerCount, log: AccessCounts, known: Knowledge): string | null {
  const flaw = alias(answer, log, known)
  if (flaw !== null)
    return `the alias of ${flaw.path} (${flaw.file}:${flaw.line}) has no slash at its end, so that its files are looked for beside the folder`
  if (answer.count < LEAST || answer.count < MUCH * log.total) return null
  const own = ownLocations(answer, log, known).find(({ scope }) => !isClosed(scope) && !passes(scope))
  return own ? `${own.file}:${own.line} is made for it` : null
}

/** The file is the alias with the rest of the path behind it, as both are written (ngx_http_map_uri_to_path). */
function alias(answer: AnswerCount, log: AccessCounts, known: Knowledge): Location | null {
  if (answer.status !== 404 || answer.count < HALF * askedOf(answer, log)) return null
  return (
    ownLocations(answer, log, known).find(({ path, scope }) => {
      const folder = scope.directives.find(({ name }) => name === 'alias')?.args[0] ?? null
      return folder !== null && path.endsWith('/') && !folder.endsWith('/') && !folder.includes('$')
    }) ?? null
  )
}

function ownLocations(answer: AnswerCount, log: AccessCounts, known: Knowledge): readonly Location[] {
  const { segment } = answer
  return serversOf(answer, log, known).flatMap(({ locations }) =>
    locations.filter(
      ({ modifier, path }) =>
        segment !== null && ['', '^~', '='].includes(modifier) && (path === segment || path === `${segment}/`),
    ),
  )
}

/** Shut to everybody or for a reason of its own: that is how it is meant to be. */
function isClosed(scope: Location['scope']): boolean {
  return (
    scope.directives.some(({ name }) =>
      ['return', 'rewrite', 'deny', 'internal', 'if', 'auth_request'].includes(name),
    ) || inForce(scope, 'secure_link') !== null
  )
}

function passes(scope: Location['scope']): boolean {
  return scope.directives.some(({ name }) => name.endsWith('_pass'))
}

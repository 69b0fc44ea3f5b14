import type { ConfigModel } from '../nginx/config-model.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import { pathOfPart } from '../nginx/location-match.ts'
import type { AccessCounts, AnswerCount } from '../probes/access-log.ts'
import { scopeFor } from '../rules/named-servers.ts'
import { loadedSince } from '../rules/notice-course.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { changedSinceLoad } from '../symptoms/believe.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { lostWithLoad } from './lost-with-load.ts'
import { sharesAddress, shadowedServers } from '../symptoms/shadowed-servers.ts'

/** Turned away for what is written in the link, by a module that compares it with a secret (ngx_http_secure_link_module). */
const linkRefusals: ReadonlySet<number> = new Set([403, 404, 410])

/** Fewer in ten minutes are the noise of the day; of so many all but one in five are refused, and they are a good part of what is asked. */
const LEAST = 20
const MOST_OF_PART = 0.8
const HALF_OF_PART = 0.5
const MUCH_OF_LOG = 0.2

/** A line break or the like in an address is nothing that a page leads to. */
const CONTROL = /%[01][0-9a-f]/i

/**
 * Parts of sites where next to nobody gets through, by statuses that visitors who guess get all day (see turned-away.ts for others), and something of
 * the configuration speaks against mere guessing: such a host is not called healthy.
 */
export function refusedParts(known: Knowledge): readonly string[] {
  const { 'access-log': access, 'nginx-config': config, 'nginx-processes': processes, host } = known
  if (!access.known || !config.known) return []
  const { model } = config.value
  return access.value.logs.flatMap((log) =>
    log.answers
      .filter((answer) => isMostOf(answer, log, isApplicationsLimit(answer, log, model) ? HALF_OF_PART : MOST_OF_PART))
      // A configuration that was loaded after the last of them may have mended it.
      .filter((answer) => !host.known || !processes.known || !loadedSince(answer, host.value, processes.value))
      .flatMap((answer) => {
        const why = reasonFor(answer, log, model, known)
        const asked = askedOf(answer, log)
        return why === null
          ? []
          : [
              `${answer.count} of ${asked} requests to ${answer.site ?? ''}${answer.segment ?? ''} are answered ${answer.status}${why}`,
            ]
      })
      .slice(0, 2),
  )
}

function askedOf({ site, segment }: AnswerCount, log: AccessCounts): number {
  return log.asked.find((each) => each.site === site && each.segment === segment)?.count ?? 0
}

function isMostOf(answer: AnswerCount, log: AccessCounts, share: number): boolean {
  const asked = askedOf(answer, log)
  return (
    answer.segment !== null &&
    !CONTROL.test(answer.segment) &&
    answer.count >= LEAST &&
    answer.count >= share * asked &&
    answer.count >= MUCH_OF_LOG * log.total
  )
}

/** 429 where nginx has no limit: nobody gets that for a path that was guessed, and half of all who ask are more than one who is in a hurry. */
function isApplicationsLimit({ status, site, segment }: AnswerCount, log: AccessCounts, model: ConfigModel): boolean {
  if (status !== 429) return false
  const servers = serversLoggingTo(log.path, model).filter(({ names }) => site === null || names.includes(site))
  return !servers.some((server) => {
    const scope = scopeFor(server, pathOfPart(server, segment))
    return scope === null || (inForce(scope, 'limit_req') ?? inForce(scope, 'limit_conn')) !== null
  })
}

function reasonFor(answer: AnswerCount, log: AccessCounts, model: ConfigModel, known: Knowledge): string | null {
  const { status, site, segment } = answer
  const servers = serversLoggingTo(log.path, model).filter(({ names }) => site === null || names.includes(site))
  const secret = servers.some((server) => linkRefusals.has(status) && hasSecret(server, segment))
  if (secret) return ', where links are compared with a secret'
  if (status === 403 && servers.some((server) => hasAllowList(server, segment)))
    return ', where an allow list decides who may come in'
  // Pages of strangers are meant to be refused; that the house's own are among them stands in no log that was read.
  if (status === 403 && servers.some((server) => hasReferers(server, segment)))
    return ', where it counts which page shows it (valid_referers)'
  // Scanners ask for many things; a site that sends everybody away, and is not closed to everybody as it is written, was not meant to.
  if (status === 403 && answer.count >= MOST_OF_PART * log.total && !servers.some((each) => isClosed(each, segment)))
    return ', and hardly anything else is answered there'
  // A limit of nginx's own says so in the error log; the application's is the application's, and next to nobody is served there.
  if (status === 429) return ''
  if (status !== 404) return null
  const shadow = shadowedServers(model).find(({ shadowed, by }) => servers.includes(shadowed) || servers.includes(by))
  if (shadow)
    return `; two server blocks have the name ${shadow.name} there, and nginx uses ${shadow.by.file}:${shadow.by.line} alone, not ${shadow.shadowed.file}:${shadow.shadowed.line}`
  // Until it is loaded, the default server of that address answers in its place.
  const changed = changedSinceLoad(known)
  const waiting = model.servers.find(
    (each) =>
      each.protocol === 'http' &&
      each.names.length > 0 &&
      changed.some(({ path }) => path === each.file) &&
      servers.some((server) => sharesAddress(server, each)),
  )
  if (waiting)
    return `; ${waiting.file} with the site ${waiting.names[0] ?? ''} changed since nginx loaded its configuration`
  const loaded = lostWithLoad(answer, servers, known)
  return loaded === null ? null : `, all of them since nginx loaded ${loaded}, which had just been changed`
}

/** Rules of an inner level take the place of all outer ones (ngx_http_access_module); a place that is closed to everybody is meant to be. */
function hasAllowList(server: Server, segment: string | null): boolean {
  let at = scopeFor(server, pathOfPart(server, segment))
  while (at !== null && !at.directives.some(isAccessRule)) at = at.parent
  const rules = at?.directives.filter(isAccessRule) ?? []
  return (
    rules.some(({ name, args }) => name === 'allow' && args[0] !== 'all') &&
    rules.some(({ name, args }) => name === 'deny' && args[0] === 'all')
  )
}

/** `deny all`, or `return` without a condition. */
function isClosed(server: Server, segment: string | null): boolean {
  const places = [scopeFor(server, pathOfPart(server, segment)), server.scope]
  return places.some(
    (place) =>
      place?.directives.some(({ name, args }) => name === 'return' || (name === 'deny' && args[0] === 'all')) === true,
  )
}

function isAccessRule({ name }: { readonly name: string }): boolean {
  return name === 'allow' || name === 'deny'
}

function hasReferers(server: Server, segment: string | null): boolean {
  const scope = scopeFor(server, pathOfPart(server, segment))
  return scope !== null && allInForce(scope, 'valid_referers').length > 0
}

function hasSecret(server: Server, segment: string | null): boolean {
  const scope = scopeFor(server, pathOfPart(server, segment))
  return scope !== null && (inForce(scope, 'secure_link') ?? inForce(scope, 'secure_link_secret')) !== null
}

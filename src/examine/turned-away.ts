import { inForce } from '../nginx/config-scope.ts'
import type { AccessCounts } from '../probes/access-log.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { loadedSince } from '../rules/notice-course.ts'
import { serversLoggingTo } from '../symptoms/answering-servers.ts'
import { misunderstood, misunderstoodAt } from '../symptoms/misunderstood.ts'

/** So many requests in ten minutes are no single client with a broken program. */
const MANY = 10

/** From this share on, those who ask do not get through. */
const MOST = 0.8

/** Of two names of a site the application may know one alone: so many requests that were not understood, and half of all there, are no odd clients either. */
const MANY_REFUSED = 20
const HALF = 0.5

/**
 * Statuses that a client who asks for a real place does not get: the request was not understood (400), its method not known there (405, 501), it came too
 * late (408), its address was too long (414) or its header too large (431), it came to the wrong server (421), or was to go over to another protocol first
 * (426). 401, 403 and 404 are what visitors who guess get all day, and 413 and 429 are limits of somebody (refused-parts.ts has the rest).
 */
const strange: ReadonlySet<number> = new Set([400, 405, 408, 414, 421, 426, 431, 501])

/** Places where nearly everybody is turned away without a line of the error log: whatever it means, people do not get through there. In words. */
export function turnedAway(known: Knowledge): readonly string[] {
  const { 'access-log': access, 'nginx-config': config } = known
  if (!access.known) return []
  const told = access.value.logs.flatMap((log) => [
    ...(config.known && asksForCertificates(log, config.value) ? refusedCertificates(log) : []),
    ...refusedPlaces(log, known),
  ])
  return [...new Set([...told, ...refusedNames(known)])]
}

/** One name of a server is understood and another is not, in requests of this moment that are otherwise alike. */
function refusedNames(known: Knowledge): readonly string[] {
  const { 'live-requests': live } = known
  if (!live.known) return []
  const through = live.value.answers.filter(({ way, status }) => way === 'nginx' && status !== null)
  return misunderstoodAt(known).flatMap(({ names }) => {
    const own = through.filter(({ host }) => names.includes(host))
    return own.flatMap(({ host, path, endpoint, status }) => {
      const other = own.find(
        (each) => each.endpoint === endpoint && each.path === path && !misunderstood.has(each.status ?? 0),
      )
      return other !== undefined && misunderstood.has(status ?? 0)
        ? [
            `${host}${path} is answered ${status ?? ''}, and ${other.host}${path} of the same server ${other.status ?? ''}`,
          ]
        : []
    })
  })
}

function refusedPlaces(
  { answers, asked }: AccessCounts,
  { host, 'nginx-processes': processes }: Knowledge,
): readonly string[] {
  return (
    answers
      .filter(({ status, count, segment }) => strange.has(status) && count >= MANY && segment !== null)
      // A configuration that was loaded after the last of them may have mended it.
      .filter((answer) => !host.known || !processes.known || !loadedSince(answer, host.value, processes.value))
      .flatMap(({ status, count, site, segment }) => {
        const all = asked.find((each) => each.site === site && each.segment === segment)
        const half = misunderstood.has(status) && count >= MANY_REFUSED ? HALF : MOST
        return all && count >= half * all.count
          ? [`${count} of ${all.count} requests to ${site ?? ''}${segment ?? '/'} are answered ${status}`]
          : []
      })
      .slice(0, 3)
  )
}

/**
 * Where clients show certificates nginx answers 400 to those that it does not accept, and says why at level info only
 * (ngx_http_process_request): nearly all of them are more than a partner who forgot his.
 */
function refusedCertificates({ byStatus, total, path }: AccessCounts): readonly string[] {
  const refused = byStatus.get(400) ?? 0
  return refused >= MANY && refused >= MOST * total
    ? [
        `${refused} of ${total} requests are answered 400 where clients show certificates (${path}); why stands in the error log at level info only`,
      ]
    : []
}

function asksForCertificates(
  { path }: AccessCounts,
  { model }: Extract<Knowledge['nginx-config'], { known: true }>['value'],
): boolean {
  return serversLoggingTo(path, model).some(({ scope }) =>
    ['on', 'optional'].includes(inForce(scope, 'ssl_verify_client')?.value ?? 'off'),
  )
}

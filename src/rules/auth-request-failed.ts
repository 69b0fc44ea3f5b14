import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { authChecks, type AuthCheck } from '../symptoms/auth-request.ts'
import { isOpen } from '../symptoms/course.ts'
import { isGatewayError } from '../symptoms/kind.ts'
import { tellTrouble } from '../symptoms/tell.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { limitedClaim, refusedByLimit } from './auth-request-limited.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'live-requests' | 'events'>

/**
 * Cause: the subrequest of auth_request got neither 2xx nor 401 nor 403, so nginx answers 500 (ngx_http_auth_request_handler).
 * Tell-tale: "auth request unexpected status: N", and the location that the configuration sends the subrequest to.
 * Look-alikes: app-error (the application never got the request). When what answers the subrequest is in trouble itself, that is the
 * cause, and this its symptom; so it is where a limit of nginx itself refuses the subrequest (rate-limited).
 */
export const authRequestFailed = defineRule({
  id: 'auth-request-failed',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['live-requests', 'events'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  if (trouble.kind !== 'auth-refused') return []
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  const status = Number(/unexpected status: (\d{1,3})/.exec(newest?.line.message ?? '')?.[1] ?? Number.NaN)
  const checks = authChecks(trouble.sites, seen['nginx-config'].model)
  const [check] = checks
  if (Number.isNaN(status) || check === undefined) return []
  const limit = refusedByLimit(trouble, check, seen)
  return [
    limit
      ? limitedClaim(trouble, status, check, limit, seen.host)
      : claimOf(trouble, status, check, checks.length, seen),
  ]
}

function claimOf(trouble: Trouble, status: number, check: AuthCheck, checks: number, seen: Seen): Claim {
  const config = seen['nginx-config']
  const asked = endpointsOf(config.model).filter((each) => each.usedBy.some((use) => use.pass === check.pass))
  const own =
    status >= 500
      ? troubleOf(
          asked.map((each) => each.address),
          trouble,
          seen,
        )
      : undefined
  const place = check.pass ?? check.location ?? { file: check.directive.file ?? '', line: check.directive.line ?? 0 }
  const upstream = asked.length === 1 ? asked[0]?.address : check.pass?.text
  const direct = directTo(
    asked.map((each) => each.address),
    seen,
  )
  const who = upstream === undefined ? `location ${check.location?.path ?? check.uri}` : upstream
  return {
    ...(own && { kind: 'symptom' as const }),
    summary: `nginx asks ${check.uri} before each request (auth_request), and ${who} answers that with ${status}: neither 2xx nor 401 nor 403`,
    subject: { ...(upstream !== undefined && { upstream }), file: place.file, line: place.line },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', lineText(config, check.directive.file ?? '', check.directive.line ?? 0)),
      seenBy('nginx-config', 'nginx -T', lineText(config, place.file, place.line)),
      ...direct.map(liveEvidence),
      ...(own ? [seenBy('error-log', 'tail of the error log', tellTrouble(own))] : []),
    ],
    ...(isPast(trouble, direct) && { atMost: 'possible' as const }),
    unlike: [
      ruledOut('app-error', 'the 500 is of nginx itself: the request is not passed on before the subrequest allows it'),
      ...(checks > 1
        ? [
            notJudged(
              'configured-error',
              `this site has ${checks} different auth_request, and the log does not name the one that failed`,
            ),
          ]
        : []),
    ],
    steps: [
      ...stepsFor(status, who, own),
      ...(direct.length > 0 ? [] : [`ask it directly: curl -i ${curlTo(asked[0]?.address, check)}`]),
    ],
  }
}

/** At this moment the check answers well, and a request of ours came past it to an error of somebody else's. */
function isPast(trouble: Trouble, direct: readonly LiveAnswer[]): boolean {
  const allows = direct.some(({ status }) => status !== null && (status < 300 || status === 401 || status === 403))
  return (
    allows && trouble.live.some((each) => each.way === 'nginx' && (each.status ?? 0) >= 500 && !isGatewayError(each))
  )
}

/** What is wrong with the backend of the subrequest by itself. */
function troubleOf(addresses: readonly string[], trouble: Trouble, seen: Seen): Trouble | undefined {
  return seen.troubles.find(
    (each) =>
      each !== trouble &&
      each.kind !== 'error-answer' &&
      isOpen(each) &&
      ((each.address !== null && addresses.includes(each.address)) ||
        each.groups.some(
          ({ line }) => line.subrequest !== null && line.upstreamTrusted && line.server === trouble.sites[0],
        )),
  )
}

function directTo(addresses: readonly string[], seen: Seen): readonly LiveAnswer[] {
  const live = seen['live-requests']
  return live.known
    ? live.value.answers.filter((each) => each.way === 'direct' && addresses.includes(each.endpoint)).slice(0, 1)
    : []
}

function stepsFor(status: number, who: string, own: Trouble | undefined): readonly string[] {
  if (own) return [`mend ${who} first: ${tellTrouble(own)}`]
  if (status >= 300 && status < 400)
    return [
      `let ${who} answer 401 instead of a redirect: auth_request cannot follow one; send people to the login page by error_page 401`,
    ]
  if (status === 404 || status === 405)
    return [
      `${who} does not know the path or method it is asked for: see the *_pass of that location, and proxy_pass_request_body off with an empty Content-Length`,
    ]
  return [`see why ${who} answers ${status}: its own log`]
}

function curlTo(address: string | undefined, check: AuthCheck): string {
  if (address === undefined) return `-H 'Host: ${check.server.names[0] ?? 'localhost'}' http://127.0.0.1${check.uri}`
  return address.startsWith('unix:')
    ? `--unix-socket ${address.slice(5)} http://localhost${check.uri}`
    : `http://${address}${check.uri}`
}

import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { Server } from '../nginx/config-servers.ts'
import { GATEWAY_ERRORS, isMadeOf } from '../nginx/error-pages.ts'
import { locationFor, passesFor, pathOfPart } from '../nginx/location-match.ts'
import type { AnswerCount } from '../probes/access-log.ts'
import type { Facts } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { isStraightTo } from './address.ts'
import { nameOf } from './answering-servers.ts'
import { liveAnswers, loggedAnswers } from './answers-5xx.ts'
import { type Behind, courseOf } from './course.ts'
import { isGone } from './gone-site.ts'
import { isGatewayError } from './kind.ts'
import { isOfMissingScripts } from './missing-script.ts'
import { switchedOff } from './switched-off.ts'
import { trafficOf } from './traffic.ts'
import type { Trouble } from './trouble.ts'

/** Answers of 5xx that belong together: one server, one backend behind it. */
interface Bucket {
  readonly server: Server | null
  readonly sites: readonly string[]
  readonly endpoints: readonly Endpoint[]
  readonly answers: AnswerCount[]
  readonly live: LiveAnswer[]
}

/**
 * Requests that are answered 5xx although no line of the error log says why: the application's own answers, and those that the
 * configuration gives by itself. Told from the access logs of the last ten minutes and from live requests. Pure.
 */
export function answerTroubles(
  facts: Facts,
  endpoints: readonly Endpoint[],
  seen: readonly Trouble[],
  behind: ReadonlyMap<string, Behind>,
): readonly Trouble[] {
  const told = seen.filter((trouble) => !isOfMissingScripts(trouble))
  const gone = new Set(told.filter((trouble) => isGone(trouble.sites, trouble.address, facts)))
  const buckets = new Map<string, Bucket>()
  const bucketFor = (server: Server | null, sites: readonly string[], path: string): Bucket => {
    const reached = server ? endpointsOn(server, path, facts, endpoints) : []
    const key = `${sites.join(' ')} ${reached.map((each) => each.address).join(' ')}`
    const bucket = buckets.get(key) ?? { server, sites, endpoints: reached, answers: [], live: [] }
    buckets.set(key, bucket)
    return bucket
  }
  for (const { server, sites, answer } of loggedAnswers(facts)) {
    if (!isTold(answer, server, sites, told, gone))
      bucketFor(server, sites, server ? pathOfPart(server, answer.segment) : '/').answers.push(answer)
  }
  for (const { server, answer } of liveAnswers(facts)) {
    const name = nameOf(server)
    if (told.some((trouble) => trouble.live.includes(answer))) continue
    bucketFor(server, name === null ? [] : [name], answer.path).live.push(answer)
  }
  return [...buckets.values()].map((bucket) => troubleOf(bucket, facts, behind))
}

/**
 * A line of the error log or a live request already tells of these answers: nginx itself says why it answers 502 or 504 (or what its
 * error_page makes of them), and a script's own words stand behind a 500. Newer answers than the newest line are something else.
 */
function isTold(
  answer: AnswerCount,
  server: Server | null,
  sites: readonly string[],
  told: readonly Trouble[],
  gone: ReadonlySet<Trouble>,
): boolean {
  const scope = server && (locationFor(server, pathOfPart(server, answer.segment)).location?.scope ?? server.scope)
  const isOf = (statuses: readonly number[]): boolean =>
    statuses.includes(answer.status) || (scope !== null && isMadeOf(answer.status, statuses, scope))
  return told.some((trouble) => {
    const names = [
      ...trouble.sites,
      ...trouble.endpoints.flatMap((each) => each.usedBy.flatMap((use) => use.serverNames)),
    ]
    // A site that was given up has left its answers in a log that others have now.
    const mayBeOfGone = gone.has(trouble) && answer.site === null && answer.count <= trouble.count
    if (sites.length > 0 && !mayBeOfGone && !sites.some((site) => names.includes(site))) return false
    if (trouble.live.some((each) => isGatewayError(each) && each.status === answer.status)) return true
    // The access log is read after the error log, on a loaded host by many seconds.
    if (trouble.lastAgo === null || answer.lastAgo < trouble.lastAgo - 15) return false
    return isOf(trouble.kind === 'error-answer' ? [500] : GATEWAY_ERRORS)
  })
}

/** A *_pass with a variable is in the model once, and once more for each address that it can mean: the same by where it stands. */
function endpointsOn(server: Server, path: string, facts: Facts, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const config = facts['nginx-config']
  const passes = config.known ? passesFor(config.value.model, server, path) : []
  const isOne = (pass: Pass): boolean => passes.some(({ scope, line }) => scope === pass.scope && line === pass.line)
  return endpoints.filter((endpoint) => endpoint.usedBy.some((use) => isOne(use.pass)))
}

function troubleOf(bucket: Bucket, facts: Facts, behind: ReadonlyMap<string, Behind>): Trouble {
  const { server, sites, endpoints, answers } = bucket
  const address = endpoints.length === 1 ? (endpoints[0]?.address ?? null) : null
  const live = facts['live-requests'].known
    ? facts['live-requests'].value.answers.filter((answer) =>
        answer.way === 'nginx' ? sites.includes(answer.host) : isStraightTo(answer.endpoint, address, endpoints),
      )
    : []
  const count = answers.reduce((sum, answer) => sum + answer.count, 0)
  const lastAgo = answers.length > 0 ? Math.min(...answers.map((answer) => answer.lastAgo)) : null
  const firstAgo = answers.length > 0 ? Math.max(...answers.map((answer) => answer.firstAgo)) : null
  const failing = live.filter((answer) => answer.way === 'nginx' && (answer.status ?? 0) >= 500)
  // Stamps are whole seconds: what ends a trouble must come clearly after the last of them.
  const early = lastAgo === null ? null : Math.max(0, lastAgo - 2)
  const asked = courseOf(
    { address, recent: count, lastAgo: early, live },
    facts,
    address === null ? undefined : behind.get(address),
  )
  const traffic = trafficOf(sites, facts, firstAgo)
  const now = failing[0]
  const passes = asked.livePasses && failing.length === 0
  const off = passes ? switchedOff(server, answers, facts) : null
  return {
    kind: 'failing-answer',
    address,
    endpoints,
    believed: endpoints.length > 0 ? 'configuration' : 'live',
    upstream: endpoints[0]?.usedBy[0]?.upstream ?? null,
    sites,
    count,
    recent: count,
    firstAgo,
    lastAgo,
    groups: [],
    live,
    course: now ? 'now' : off === null ? asked.course : 'healed',
    courseBecause: now
      ? `a request through nginx to ${now.host}${now.path} is answered ${now.status ?? ''}`
      : (off ?? asked.because),
    intermittent: passes || traffic.someSucceed,
    failingShare: traffic.failingShare,
    answers,
  }
}

import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import { inForce, visit } from '../nginx/config-scope.ts'
import { seconds } from '../nginx/time.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { isOpen } from '../symptoms/course.ts'
import { endpointsBehind } from '../symptoms/endpoints-behind.ts'
import { eventsOfKind } from '../symptoms/events.ts'
import { clockAgo, instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import {
  type Changed,
  changedEvidence,
  configAlike,
  type LoadSeen,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { lineText } from './config-line.ts'
import { impactOf, type Knowledge, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { timeLimitOf } from './late/time-limit.ts'
import { serversNamed } from './named-servers.ts'

type Seen = LoadSeen & View<Knowledge, never, 'events' | 'error-log'>

/** nginx's own default of proxy_connect_timeout and its kin is 60 s too. */
const DEFAULT_SECONDS = 60

/** What ends this much before its limit was not ended by that limit. */
const SHORT_OF = 0.8

/**
 * nginx gives up on the backend, in a request of this moment, long before any limit that is on disk lets it: it has another limit loaded,
 * and the file with it changed since.
 */
export function limitNotOnDisk(trouble: Trouble, changed: readonly Changed[], seen: Seen): Claim[] {
  if (trouble.kind !== 'answer-timeout' || trouble.endpoints.length === 0) return []
  const all = endpointsOf(seen['nginx-config'].model)
  const cut = trouble.live.find((each) => {
    if (each.way !== 'nginx' || each.status !== 504 || !each.nginxPage) return false
    // Another backend of the site may have a limit of its own.
    const behind = endpointsBehind(each, all)
    return behind.length === 1 && behind[0]?.address === trouble.address
  })
  if (!cut || trouble.live.some((each) => each.way === 'direct' && each.status === 504)) return []
  const passes = trouble.endpoints.flatMap((endpoint) => endpoint.usedBy.map(({ pass }) => pass))
  const least = Math.min(
    ...passes.flatMap(({ scope, protocol }) =>
      ['read', 'send', 'connect'].map((phase) => {
        const value = inForce(scope, `${protocol}_${phase}_timeout`)?.value
        return (value === undefined ? null : seconds(value)) ?? DEFAULT_SECONDS
      }),
    ),
  )
  const limit = timeLimitOf(trouble)
  const files = new Set([limit.written?.file, ...passes.map(({ file }) => file)])
  const [first] = changed.filter(({ stat }) => files.has(stat.path))
  if (passes.length === 0 || !first || cut.totalSeconds >= SHORT_OF * least) return []
  return [
    {
      summary: `nginx gives up after ${cut.totalSeconds.toFixed(1)} s, although ${limit.name} is ${limit.seconds} s on disk: ${first.stat.path} changed at ${clockAgo(seen.host, first.ago)} and was not reloaded`,
      ...common(trouble, first, seen),
      subject: {
        ...(trouble.address !== null && { upstream: trouble.address }),
        ...(limit.written ? { file: limit.written.file, line: limit.written.line } : { file: first.stat.path }),
        ...unitSubject(seen),
      },
      evidence: [
        ...troubleEvidence(trouble),
        seenBy(
          'nginx-config',
          'nginx -T',
          limit.written ? lineText(seen['nginx-config'], limit.written.file, limit.written.line) : limit.text,
        ),
        changedEvidence(first, seen),
      ],
      unlike: [
        configAlike(seen),
        ruledOut('timeout-too-low', `the limit on disk is ${limit.seconds} s, and nginx gave up before that`),
        hungAlike(trouble, limit.seconds),
      ],
    },
  ]
}

function hungAlike(trouble: Trouble, limit: number): LookAlike {
  const direct = trouble.live.find((each) => each.way === 'direct' && each.status !== null)
  if (!direct) return notJudged('backend-hung', 'how long the backend takes was not seen')
  return direct.totalSeconds < SHORT_OF * limit
    ? ruledOut('backend-hung', `asked directly it answers after ${direct.totalSeconds.toFixed(1)} s`)
    : notJudged('backend-slow', `asked directly it answers after ${direct.totalSeconds.toFixed(1)} s`)
}

/** Modules that answer whatever a program says. */
const PROGRAMS = /^(?:content|access|rewrite|header_filter)_by_lua|^js_content$|^perl$/

/**
 * nginx answers 503 itself, in a request of this moment, and nothing of the configuration on disk says so: no `return`, no `=503`, no limit
 * on requests. What it has loaded does, and the file of that site changed since.
 */
export function answerNotOnDisk(trouble: Trouble, changed: readonly Changed[], seen: Seen): Claim[] {
  if (trouble.kind !== 'failing-answer' && trouble.kind !== 'gateway-error') return []
  const own = trouble.live.find((each) => each.way === 'nginx' && each.status === 503 && each.nginxPage)
  if (!own || trouble.live.some((each) => each.way === 'direct' && each.status === 503)) return []
  const { model } = seen['nginx-config']
  const written = visit(model.main).some(
    ({ directive: { name, args } }) =>
      PROGRAMS.test(name) ||
      (name === 'return' && args[0] === '503') ||
      ((name === 'error_page' || name === 'try_files') && args.some((arg) => arg === '=503')) ||
      /^limit_(?:req|conn)$/.test(name),
  )
  const sites = own.host === '' ? trouble.sites : [own.host]
  const files = new Set(
    serversNamed(sites, model).flatMap(({ file, locations }) => [file, ...locations.map((each) => each.scope.file)]),
  )
  const [first] = changed.filter(({ stat }) => files.has(stat.path))
  if (written || !first || isLimited(sites, seen)) return []
  return [
    {
      summary: `nginx itself answers 503 for ${own.host}${own.path === '/' ? '' : own.path}, and nothing in the configuration on disk says so: ${first.stat.path} changed at ${clockAgo(seen.host, first.ago)} and was not reloaded`,
      ...common(trouble, first, seen),
      subject: { file: first.stat.path, ...unitSubject(seen) },
      evidence: [liveEvidence(own), changedEvidence(first, seen)],
      unlike: [
        configAlike(seen),
        ruledOut('configured-error', 'no return, error_page or try_files on disk answers 503'),
        limitAlike(seen),
        applicationAlike(own, trouble),
      ],
      // What the running master has loaded cannot be read, only told from what it does.
      atMost: 'likely',
    },
  ]
}

function isLimited(sites: readonly string[], { events }: Seen): boolean {
  return (
    events.known &&
    eventsOfKind(events.value, 'limiting').some((event) => event.sites.some((site) => sites.includes(site)))
  )
}

function limitAlike({ 'error-log': log }: Seen): LookAlike {
  if (!log.known) return notJudged('rate-limited', log.reason)
  return ruledOut('rate-limited', 'no limit_req or limit_conn is on disk, and no line says that one refused a request')
}

function applicationAlike(own: LiveAnswer, trouble: Trouble): LookAlike {
  const direct = trouble.live.find((each) => each.way === 'direct' && each.status !== null)
  return direct
    ? ruledOut('app-error', `asked directly, the application answers ${direct.status ?? ''}`)
    : ruledOut('app-error', `the answer is nginx's own page (${own.server})`)
}

function unitSubject(seen: Seen): { readonly unit?: string } {
  const unit = unitOfMaster(seen)
  return unit ? { unit: unit.id } : {}
}

function common(trouble: Trouble, first: Changed, seen: Seen) {
  return {
    since: instantAgo(seen.host, first.ago),
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    ...reloadFix(seen),
  }
}

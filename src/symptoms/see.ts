import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import type { LogGroup } from '../probes/error-log.ts'
import type { Facts } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { addressOf, isStraightTo } from './address.ts'
import { aheadBy } from './ahead.ts'
import { authChecks } from './auth-request.ts'
import { believe, type Belief } from './believe.ts'
import { type Behind, courseOf } from './course.ts'
import { answerTroubles } from './failing-answers.ts'
import { troubleKindOf } from './kind.ts'
import { liveTroubles } from './live-troubles.ts'
import { isScanned } from './missing-script.ts'
import { isCutOff } from './behind-script.ts'
import { overtaken } from './overtaken.ts'
import { stampAgo } from './time.ts'
import { trafficOf } from './traffic.ts'
import type { Trouble, TroubleKind } from './trouble.ts'
import { tellsWrongPasswords } from './wrong-passwords.ts'

interface Bucket {
  readonly kind: TroubleKind
  readonly address: string | null
  readonly upstream: string | null
  readonly groups: LogGroup[]
}

/**
 * Everything that went wrong between nginx and its upstreams: log lines and live requests, joined by address. `behind`: the machines of
 * backends that were asked, by address. Pure.
 */
export function seeTroubles(facts: Facts, behind: ReadonlyMap<string, Behind> = new Map()): readonly Trouble[] {
  const config = facts['nginx-config']
  const endpoints = config.known ? endpointsOf(config.value.model) : []
  const logged = overtaken(
    bucketsOf(facts, endpoints)
      .map((bucket) => troubleOf(bucket, facts, endpoints, behind))
      .filter((trouble) => !isScanned(trouble, facts) || isCutOff(trouble, facts))
      .filter((trouble) => !tellsWrongPasswords(trouble, facts)),
    facts,
  )
  const told = [...logged, ...liveTroubles(facts, endpoints, logged)]
  return [...told, ...answerTroubles(facts, endpoints, told, behind)]
}

function bucketsOf(facts: Facts, endpoints: readonly Endpoint[]): readonly Bucket[] {
  const known = endpoints.map(({ address }) => address)
  const buckets = new Map<string, Bucket>()
  if (!facts['error-log'].known) return []
  for (const group of facts['error-log'].value.groups) {
    const kind = troubleKindOf(group.line)
    if (kind === null) continue
    const target = group.line.upstream === null ? null : addressOf(group.line.upstream, known)
    const address = target && 'address' in target ? target.address : null
    const upstream = target && 'name' in target ? target.name : null
    const key = `${kind} ${address ?? upstream ?? group.line.server ?? ''}`
    const bucket = buckets.get(key) ?? { kind, address, upstream, groups: [] }
    bucket.groups.push(group)
    buckets.set(key, bucket)
  }
  return [...buckets.values()]
}

function troubleOf(
  bucket: Bucket,
  facts: Facts,
  endpoints: readonly Endpoint[],
  behind: ReadonlyMap<string, Behind>,
): Trouble {
  const belief = beliefOf(bucket, facts, endpoints)
  const sites = [...new Set(bucket.groups.map((group) => group.line.server ?? '').filter((name) => name !== ''))]
  const live = liveFor(facts, sites, bucket.address, belief.endpoints)
  const dated = bucket.groups.filter((group) => aheadOf(group, facts) === 0)
  const agos = (dated.length > 0 ? dated : bucket.groups).map((group) => agoOf(group, facts))
  const lastAgo = least(agos.map((ago) => ago.last))
  const firstAgo = greatest(agos.map((ago) => ago.first))
  const recent = sum(dated.map((group) => group.recent))
  const count = sum(bucket.groups.map((group) => group.count))
  // nginx says so at each subrequest that is refused, and names nobody: who answers it is known by the configuration.
  const refused = bucket.kind === 'auth-refused'
  const [asked, ...others] = refused ? belief.endpoints : []
  const address = bucket.address ?? (asked && others.length === 0 ? asked.address : null)
  const { course, because, livePasses } = courseOf(
    {
      address,
      recent,
      lastAgo,
      dated: dated.length > 0,
      live,
      logged: { kind: bucket.kind, sites, firstAgo, groups: bucket.groups },
      lined: refused ? { sites, lines: count, firstAgo, lastAgo } : null,
    },
    facts,
    behind.get(address ?? ''),
  )
  const traffic = trafficOf(sites, facts, firstAgo)

  return {
    kind: bucket.kind,
    address: bucket.address,
    ...belief,
    upstream: bucket.upstream ?? belief.endpoints[0]?.usedBy[0]?.upstream ?? null,
    sites,
    count,
    recent,
    firstAgo,
    lastAgo,
    groups: bucket.groups,
    live,
    course,
    courseBecause: because,
    intermittent: course === 'now' && (livePasses || traffic.someSucceed),
    failingShare: traffic.failingShare,
  }
}

function beliefOf(bucket: Bucket, facts: Facts, endpoints: readonly Endpoint[]): Belief {
  if (bucket.address !== null) return believe(bucket.address, facts, endpoints)
  if (bucket.kind === 'auth-refused') return authBelief(bucket, facts, endpoints)
  const through = endpoints.filter((endpoint) => endpoint.usedBy.some((use) => use.upstream === bucket.upstream))
  return { believed: through.length > 0 ? 'configuration' : 'none', endpoints: through }
}

/** The line names the server and no upstream: who answers the subrequest stands in the configuration. */
function authBelief(bucket: Bucket, facts: Facts, endpoints: readonly Endpoint[]): Belief {
  const config = facts['nginx-config']
  const sites = bucket.groups.map((group) => group.line.server ?? '')
  const checks = config.known ? authChecks(sites, config.value.model) : []
  const asked = endpoints.filter((each) => each.usedBy.some((use) => checks.some((check) => check.pass === use.pass)))
  return { believed: checks.length > 0 ? 'configuration' : 'none', endpoints: asked }
}

/** Answers through nginx for these sites, and straight to the address; of a whole upstream, straight to its peers. */
function liveFor(
  facts: Facts,
  sites: readonly string[],
  address: string | null,
  endpoints: readonly Endpoint[],
): readonly LiveAnswer[] {
  const live = facts['live-requests']
  if (!live.known) return []
  const names = new Set([
    ...sites,
    ...endpoints.flatMap((endpoint) => endpoint.usedBy.flatMap((use) => use.serverNames)),
  ])
  return live.value.answers.filter((answer) =>
    answer.way === 'nginx' ? names.has(answer.host) : isStraightTo(answer.endpoint, address, endpoints),
  )
}

function agoOf(group: LogGroup, facts: Facts): { readonly first: number | null; readonly last: number | null } {
  if (!facts.host.known || !facts['error-log'].known) return { first: null, last: null }
  const shift = facts['error-log'].value.files.find((file) => file.path === group.log)?.shift ?? 0
  return { first: stampAgo(group.first, shift, facts.host.value), last: stampAgo(group.last, shift, facts.host.value) }
}

function aheadOf(group: LogGroup, { host, 'error-log': log }: Facts): number {
  return host.known && log.known ? aheadBy(group, log.value, host.value) : 0
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.min(...known) : null
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

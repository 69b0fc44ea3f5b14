import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { Host } from '../probes/host.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { ResolverAnswer } from '../probes/resolver-answers.ts'
import { isOpen } from '../symptoms/course.ts'
import { endpointsBehind } from '../symptoms/endpoints-behind.ts'
import type { Event } from '../symptoms/events.ts'
import { isGatewayError } from '../symptoms/kind.ts'
import { resolversFor } from '../symptoms/names.ts'
import { conntrackAlike } from './conntrack-alike.ts'
import { macAlike as sharedMacAlike } from './mac-alike.ts'
import { insertAfterLine, lineText } from './config-line.ts'
import type { SeenNames } from './dns-failure.ts'
import { isTimedOut } from './unheard-servers.ts'
import { eventEvidence, impactOfEvent, liveEvidence, seenBy, troubleKey } from './knowledge.ts'

const words: Readonly<Record<ResolverAnswer['outcome'], string>> = {
  noerror: 'knows it',
  'no-data': 'has no address for it',
  nxdomain: 'says that there is no such name',
  servfail: 'answers SERVFAIL',
  'refused-by-server': 'refuses to answer',
  timeout: 'does not answer',
  refused: 'is not there: nothing listens on it',
  other: 'gives no usable answer',
}

/** nginx's word for what this name server does (ngx_resolver_strerror): a code of DNS, or that of a time-out. */
const codes: Readonly<Partial<Record<ResolverAnswer['outcome'], number>>> = {
  timeout: 110,
  refused: 110,
  nxdomain: 3,
  servfail: 2,
  'refused-by-server': 5,
}

function fits({ outcome }: ResolverAnswer, { line }: Event): boolean {
  const code = codes[outcome]
  return code !== undefined && line.dnsCode === code
}

/** A name in a variable, or of a `server ... resolve`, that the configured name servers do not resolve. */
export function notResolvedAtRunTime(endpoint: Endpoint, event: Event | null, host: Host, seen: SeenNames): Claim[] {
  const name = endpoint.host ?? ''
  const servers = resolversFor(endpoint)
  const known = seen['resolver-answers']
  const answers = known.known ? known.value.answers.filter((each) => each.name === name) : []
  const good = answers.filter((each) => each.outcome === 'noerror')
  const live = liveAnswer(endpoint, seen)
  const partly = event !== null && good.length > 0 && answers.some((each) => fits(each, event))
  // Of several name servers nginx asks one after the other: that one request was served says nothing about the next.
  const now = live && !(partly && event.now) ? isGatewayError(live) : event?.now === true
  // All of them answer now, and nothing fails: it is over.
  if (!now && (servers.length === 0 || good.length === answers.length)) return []
  const asked = answers.length > 0 && good.length === 0
  if (event === null && !(now && (asked || servers.length === 0))) return []
  const silent = asked ? answers.some(({ outcome }) => outcome === 'timeout') : event !== null && isTimedOut(event)
  const dropped = silent ? [conntrackAlike(seen['kernel-limits'])] : []
  const directive = inForceResolver(endpoint)
  const diff = servers.length === 0 ? resolverDiff(endpoint, seen) : null
  return [
    {
      summary: summaryOf(name, servers, answers, seen),
      subject: {
        upstream: endpoint.address,
        file: directive?.file ?? endpoint.file,
        line: directive?.line ?? endpoint.line,
      },
      failingNow: now,
      about: aboutOf(endpoint, seen),
      explains: ['no-live-upstreams'],
      impact: event ? impactOfEvent(event, host) : null,
      evidence: [
        ...(event ? [eventEvidence(event)] : []),
        ...(live ? [liveEvidence(live)] : []),
        ...answers
          .slice(0, 3)
          .map((each) => seenBy('resolver-answers', `dig @${each.server} ${name}`, each.text || words[each.outcome])),
        seenBy('nginx-config', 'nginx -T', placesText(endpoint, directive, seen)),
        ...hostsEvidence(name, seen),
      ],
      unlike: [
        ruledOut('config-invalid', 'nginx runs with this configuration'),
        macAlike(servers, asked, seen),
        ...dropped,
      ],
      ...(servers.length > 0 &&
        !asked && { atMost: answers.length > 0 && !(partly && now) ? ('possible' as const) : ('likely' as const) }),
      ...(dropped.some(({ out }) => !out) && { atMost: 'possible' as const }),
      steps: stepsFor(name, endpoint, servers, answers, seen),
      ...(diff !== null && { diff }),
    },
  ]
}

function summaryOf(
  name: string,
  servers: readonly string[],
  answers: readonly ResolverAnswer[],
  seen: SeenNames,
): string {
  if (servers.length === 0)
    return `nginx cannot look ${name} up: no resolver is configured, and a variable in proxy_pass needs one`
  const [bad] = answers.filter((each) => each.outcome !== 'noerror')
  const others = answers.filter((each) => each.outcome === 'noerror').map((each) => each.server)
  const beside = others.length > 0 ? ` (${others.join(', ')} knows it: who is asked there is served)` : ''
  if (!bad) return `nginx could not resolve ${name} by its resolver ${servers.join(', ')}`
  const hosts = inHosts(name, seen) ? '; /etc/hosts has it, which a resolver directive does not read' : ''
  return `nginx cannot resolve ${name}: its resolver ${bad.server} ${words[bad.outcome]}${beside}${hosts}`
}

function inHosts(name: string, seen: SeenNames): boolean {
  const names = seen['name-resolution']
  return names.known && names.value.hostsLines.some((line) => line.split(/\s+/).slice(1).includes(name))
}

function hostsEvidence(name: string, seen: SeenNames): ReturnType<typeof seenBy>[] {
  const names = seen['name-resolution']
  const found = names.known ? names.value.names.get(name) : undefined
  return found === undefined
    ? []
    : [seenBy('name-resolution', `getent ahosts ${name}`, found.length > 0 ? found.join('\n') : 'no address')]
}

/** Only a request that goes to the name tells of it: another location of the same site works without. */
function liveAnswer(endpoint: Endpoint, seen: SeenNames): LiveAnswer | undefined {
  const live = seen['live-requests']
  const all = endpointsOf(seen['nginx-config'].model)
  const answers = live.known
    ? live.value.answers.filter(
        (each) =>
          each.way === 'nginx' && endpointsBehind(each, all).some(({ address }) => address === endpoint.address),
      )
    : []
  return answers.find(isGatewayError) ?? answers[0]
}

/** The trouble that a live request shows at the same endpoint, so that one cause explains it. */
function aboutOf(endpoint: Endpoint, seen: SeenNames): string {
  const { troubles } = seen
  const trouble = troubles.known
    ? troubles.value.find((each) => isOpen(each) && each.endpoints.some((other) => other.address === endpoint.address))
    : undefined
  return trouble ? troubleKey(trouble) : `name ${endpoint.host ?? ''}`
}

function inForceResolver(endpoint: Endpoint): { readonly file: string; readonly line: number } | null {
  const use = endpoint.usedBy[0]
  const found = use ? inForce(use.pass.scope, 'resolver') : null
  return found?.file != null && found.line !== null ? { file: found.file, line: found.line } : null
}

function placesText(
  endpoint: Endpoint,
  directive: { readonly file: string; readonly line: number } | null,
  seen: SeenNames,
): string {
  const places = directive ? [directive, endpoint] : [endpoint]
  return places.map((each) => lineText(seen['nginx-config'], each.file, each.line)).join('\n')
}

/** nginx asks by UDP itself; SELinux lets httpd_t ask name servers, but a port that is not 53 may be refused. */
function macAlike(servers: readonly string[], asked: boolean, seen: SeenNames): LookAlike {
  const { mac } = seen
  if (servers.length === 0) return ruledOut('mac-denied', 'nginx has no name server to ask')
  if (asked) return ruledOut('mac-denied', 'the name server does not resolve it for this host either')
  return sharedMacAlike(mac)
}

/** A resolver at the place of the name: the first name server of this host. */
function resolverDiff(endpoint: Endpoint, seen: SeenNames): string | null {
  const names = seen['name-resolution']
  const server = names.known ? names.value.nameServers[0] : undefined
  const use = endpoint.usedBy[0]
  if (server === undefined || !use) return null
  const shown = server.includes(':') ? `[${server}]` : server
  return insertAfterLine(seen['nginx-config'], use.file, use.line, [`resolver ${shown};`])
}

function stepsFor(
  name: string,
  endpoint: Endpoint,
  servers: readonly string[],
  answers: readonly ResolverAnswer[],
  seen: SeenNames,
): readonly string[] {
  const reload = 'nginx -t && systemctl reload nginx'
  const place = `${endpoint.file}:${endpoint.line}`
  if (servers.length === 0)
    return [
      `add a resolver directive there, or put ${name} into an upstream block, which is looked up at start (${place})`,
      reload,
    ]
  const dead = answers.find((each) => each.outcome === 'timeout' || each.outcome === 'refused')
  if (dead)
    return [
      `see why the name server ${dead.server} does not answer, or name one that does in the resolver directive`,
      reload,
    ]
  if (inHosts(name, seen))
    return [
      `give ${name} a record on the name server, or put it into an upstream block, which is looked up by /etc/hosts at start (${place})`,
      reload,
    ]
  return [`dig @${servers[0] ?? ''} ${name}   # must give an address: mend the record, or the name in ${place}`]
}

import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { Directive } from '../nginx/config-parse.ts'
import { type Scope, visit } from '../nginx/config-scope.ts'
import { eventsOfKind, type Event } from '../symptoms/events.ts'
import { lineText } from './config-line.ts'
import { isOpen } from '../symptoms/course.ts'
import { instantAgo } from '../symptoms/time.ts'
import { type QuietRefusal, quietRefusals } from './quiet-refusals.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy, troubleKey } from './knowledge.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import { scopeFor, serversNamed } from './named-servers.ts'
import { isMuch, loadedSince, refusedClients, type Refused } from './notice-course.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-config' | 'nginx-processes', 'access-log' | 'troubles'>

/**
 * Notice: limit_req or limit_conn refuses requests (503, or what limit_req_status says).
 * Tell-tale: "limiting requests, excess: 5.5 by zone "perip"", or "limiting connections by zone". One client address behind all of them means
 * that nginx sees a proxy and not the clients.
 * Look-alikes: no-live-upstreams (nginx's 502, with a line of its own); where the line is kept out of the log, app-error.
 */
export const rateLimited = defineRule({
  id: 'rate-limited',
  needs: ['events', 'host', 'nginx-config', 'nginx-processes'],
  settles: ['access-log', 'troubles'],
  judge: (seen) => [
    ...eventsOfKind(seen.events, 'limiting')
      .filter((event) => /^limiting (?:requests|connections)(?!, dry run)/.test(event.line.message))
      .map((event) => claimOf(event, seen)),
    ...quietRefusals(seen['access-log'], seen['nginx-config'].model, levelOfLimit).map((one) => quietClaim(one, seen)),
  ],
})

const LIMITS = ['limit_req', 'limit_conn'] as const

/** The limit in force that answers with this status. */
function limitWith(scope: Scope, status: number): (typeof LIMITS)[number] | undefined {
  return LIMITS.find(
    (what) =>
      allInForce(scope, what).length > 0 &&
      Number(inForce(scope, `${what}_status`)?.value ?? 503) === status &&
      inForce(scope, `${what}_dry_run`)?.value !== 'on',
  )
}

/** limit_req_log_level and limit_conn_log_level: what is refused is said at that level. */
function levelOfLimit(scope: Scope, status: number): string | null {
  const what = limitWith(scope, status)
  return what ? (inForce(scope, `${what}_log_level`)?.value ?? 'error') : null
}

/** The line about it is kept out of the error log: the access log alone has the answers, and a backend may have given them. */
function quietClaim({ server, scope, answer, passed, log }: QuietRefusal, seen: Seen): Claim {
  const config = seen['nginx-config']
  const what = limitWith(scope, answer.status) ?? 'limit_req'
  const use = allInForce(scope, what)[0]
  const trouble = seen.troubles.known
    ? seen.troubles.value.find((each) => isOpen(each) && each.answers?.includes(answer))
    : undefined
  const own = answer.noUpstream === answer.count
  return {
    summary: `${answer.count} requests to ${server.names[0] ?? 'a server without a name'}${answer.segment ?? '/'} are answered ${answer.status}, as ${what} refuses them, and ${passed} pass; the error log there takes no line about it`,
    subject: use?.file != null ? { file: use.file, line: use.line ?? 1 } : {},
    failingNow:
      !loadedSince(answer, seen.host, seen['nginx-processes']) &&
      (answer.status >= 500 || isMuch(answer.status, answer.count, seen['access-log'])),
    ...(trouble && { about: troubleKey(trouble) }),
    impact: {
      count: answer.count,
      firstSeen: instantAgo(seen.host, answer.firstAgo),
      lastSeen: instantAgo(seen.host, answer.lastAgo),
      sites: server.names.slice(0, 1),
      failingShare: trouble?.failingShare ?? null,
      intermittent: passed > 0,
    },
    evidence: [
      seenBy('access-log', `tail ${log}`, `${answer.status} on ${answer.segment ?? '/'}: ${answer.count} times`),
      ...(use?.file != null ? [seenBy('nginx-config', 'nginx -T', lineText(config, use.file, use.line ?? 1))] : []),
    ],
    unlike: [
      ruledOut('no-live-upstreams', 'nginx answers that with 502'),
      own
        ? ruledOut('app-error', 'the access log says that no backend was asked')
        : notJudged('app-error', 'the access log does not say whether the backend was asked'),
    ],
    // A limit lets the first of each client pass: where nothing passes it is somebody else's answer.
    ...(!own && passed === 0 && { atMost: 'possible' as const }),
    steps: [
      `see who is refused: set ${what}_log_level to error for a while${use?.file != null ? ` (${use.file}:${use.line ?? 1})` : ''}`,
      `decide whether these clients are wanted; if so raise rate or burst; nginx -t && systemctl reload nginx`,
    ],
  }
}

function claimOf(event: Event, seen: Seen): Claim {
  const config = seen['nginx-config']
  const what = event.line.message.startsWith('limiting requests') ? 'limit_req' : 'limit_conn'
  const zone = /by zone "([^"]{1,100})"/.exec(event.line.message)?.[1] ?? null
  const site = event.sites[0] ?? ''
  const server = serversNamed([site], config.model)[0]
  const scope = server ? scopeFor(server, requestedPath(event.line)) : null
  const status = Number((scope && inForce(scope, `${what}_status`)?.value) ?? 503)
  const use = scope
    ? allInForce(scope, what).find(({ args }) => zone === null || args.includes(`zone=${zone}`) || args[0] === zone)
    : undefined
  const definition = zone === null ? null : zoneOf(`${what}_zone`, zone, seen)
  const who = refusedClients(status, seen['access-log'])
  const rate = definition?.args.find((arg) => arg.startsWith('rate='))?.slice(5)
  const proxied = who !== null && isProxy(who, seen)
  return {
    summary: `${what} refuses requests to ${site === '' ? 'a server without a name' : site} with ${status}${zone === null ? '' : `: zone ${zone}${rate === undefined ? '' : `, ${rate}`}`}${who === null ? '' : `; ${proxied ? `every one of them comes from ${who.busiest}, a proxy as it seems` : `most often ${who.busiest} (${Math.round(who.share * 100)} %, of ${who.distinct} clients)`}`}`,
    subject: use?.file != null ? { file: use.file, line: use.line ?? 1 } : {},
    // A 503 looks like an outage to whoever gets it; 429 says what it is.
    failingNow:
      event.now &&
      !loadedSince(event, seen.host, seen['nginx-processes']) &&
      (status >= 500 || isMuch(status, event.recent, seen['access-log'])),
    impact: impactOfEvent(event, seen.host),
    evidence: [
      eventEvidence(event),
      ...(use?.file != null ? [seenBy('nginx-config', 'nginx -T', lineText(config, use.file, use.line ?? 1))] : []),
      ...(definition ? [seenBy('nginx-config', 'nginx -T', lineText(config, definition.file, definition.line))] : []),
      ...(who
        ? [
            seenBy(
              'access-log',
              'tail of the access log',
              `${status}: ${who.distinct} clients, ${who.busiest} has ${Math.round(who.share * 100)} %`,
            ),
          ]
        : []),
    ],
    unlike: [ruledOut('no-live-upstreams', `the line says that ${what} refused the request`)],
    steps: proxied
      ? [
          `let nginx see the clients: set_real_ip_from ${who.busiest}; real_ip_header X-Forwarded-For; in http{}`,
          'nginx -t && systemctl reload nginx',
        ]
      : [
          `decide whether these clients are wanted; if so raise rate or burst${use?.file != null ? ` (${use.file}:${use.line ?? 1})` : ''}${definition ? ` or the zone (${definition.file}:${definition.line})` : ''}`,
          `answer 429 instead of ${status}, so that it is not taken for an outage: ${what}_status 429;`,
        ],
  }
}

/** One address behind all of it, although no real_ip is set: a client that floods looks the same, so it is only said, never sure. */
function isProxy({ distinct, share, busiest }: Refused, { 'nginx-config': config }: Seen): boolean {
  const realIp = visit(config.model.main).some(({ directive }) => directive.name === 'set_real_ip_from')
  const inside = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd])/.test(busiest)
  return !realIp && distinct === 1 && share === 1 && inside
}

function zoneOf(name: string, zone: string, { 'nginx-config': config }: Seen): Directive | null {
  const found = visit(config.model.main).find(
    ({ directive }) => directive.name === name && directive.args.some((arg) => arg.startsWith(`zone=${zone}:`)),
  )
  return found?.directive ?? null
}

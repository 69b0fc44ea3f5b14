import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Directive } from '../nginx/config-parse.ts'
import { inForce, visit } from '../nginx/config-scope.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { lineText, replaceInLine } from './config-line.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { loadedSince } from './notice-course.ts'
import { isOwnEntry } from './own-entry.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-config' | 'nginx-processes', never>

/**
 * Cause: the shared memory of a limit_conn or limit_req zone is full. A key that finds no room is refused like one over its limit
 * (limit_conn_status, limit_req_status, 503), also when it has no other connection: "If the zone storage is exhausted, the server will return
 * the error to all further requests" (ngx_http_limit_conn_module reference). limit_req forgets a few of its oldest keys first, which is no
 * room for a longer one.
 * Tell-tale: "ngx_slab_alloc() failed: no memory in limit_conn_zone "NAME"" (src/core/ngx_slab.c), "could not allocate node in limit_req
 * zone "NAME"" (ngx_http_limit_req_module.c), without client or server, and the zone's size in the configuration.
 * Look-alikes: rate-limited (a client over its limit has a line that names the client), app-error (the backend is not asked).
 */
export const limitZoneFull = defineRule({
  id: 'limit-zone-full',
  needs: ['events', 'host', 'nginx-config', 'nginx-processes'],
  settles: [],
  judge: (seen) =>
    eventsOfKind(seen.events, 'other', 'limiting').flatMap((event) => {
      const full = LIMITS.map(({ of, words }) => ({ of, name: words.exec(event.line.message)?.[1] }))
      const [zone] = full.flatMap(({ of, name }) => (name === undefined ? [] : (definitionOf(of, name, seen) ?? [])))
      return zone && !isTrialOnly(zone, seen) ? [claimOf(event, zone, seen)] : []
    }),
})

const LIMITS = [
  { of: 'limit_conn', words: /^ngx_slab_alloc\(\) failed: no memory in limit_conn_zone "([\w.-]{1,100})"/ },
  { of: 'limit_req', words: /^could not allocate node in limit_req zone "([\w.-]{1,100})"/ },
] as const

interface Zone {
  readonly of: (typeof LIMITS)[number]['of']
  readonly name: string
  readonly key: string
  /** As written: "32k", "1m". */
  readonly size: string
  readonly directive: Directive
}

function definitionOf(of: Zone['of'], name: string, { 'nginx-config': config }: Seen): Zone | null {
  for (const { directive } of visit(config.model.main)) {
    const zone = directive.name === `${of}_zone` && directive.args.find((arg) => arg.startsWith(`zone=${name}:`))
    if (zone) return { of, name, key: directive.args[0] ?? '', size: zone.slice(`zone=${name}:`.length), directive }
  }
  return null
}

/** Wherever it is used its limit is only tried (limit_req_dry_run on), and refuses nobody. */
function isTrialOnly({ of, name }: Zone, { 'nginx-config': config }: Seen): boolean {
  const uses = [...visit(config.model.main)].filter(
    ({ directive }) =>
      directive.name === of &&
      (directive.args.includes(`zone=${name}`) || (of === 'limit_conn' && directive.args[0] === name)),
  )
  return uses.length > 0 && uses.every(({ scope }) => inForce(scope, `${of}_dry_run`)?.value === 'on')
}

function claimOf(event: Event, { of, name, key, size, directive }: Zone, seen: Seen): Claim {
  const config = seen['nginx-config']
  const { file, line } = directive
  const diff = replaceInLine(config, file, line, `zone=${name}:${size}`, `zone=${name}:${larger(size)}`)
  const sure = isOwnEntry(event, seen['nginx-processes'])
  return {
    summary: `the zone ${name} of ${of} (${size}, by ${key}) has no room for another key: nginx refused ${event.count} requests, whatever the limit`,
    subject: { file, line },
    failingNow: event.now && !loadedSince(event, seen.host, seen['nginx-processes']),
    impact: impactOfEvent(event, seen.host),
    evidence: [eventEvidence(event), seenBy('nginx-config', 'nginx -T', lineText(config, file, line))],
    unlike: [
      ruledOut(
        'rate-limited',
        'the line says that the zone has no memory; a client over its limit is named in a line of its own',
      ),
      ruledOut('app-error', 'a request that is refused so does not reach a backend'),
      ...forged(sure),
    ],
    ...(!sure && { atMost: 'possible' as const }),
    steps: [
      `give the zone more memory, zone=${name}:${larger(size)} (${file}:${line}); nginx makes a zone of another size anew when it reloads`,
      'nginx -t && systemctl reload nginx',
      ...(UNBOUNDED.test(key)
        ? [`or count by what clients have few of, such as $binary_remote_addr: each request has a ${key} of its own`]
        : []),
    ],
    ...(diff !== null && { diff }),
  }
}

function forged(sure: boolean): readonly LookAlike[] {
  return sure
    ? []
    : [notJudged('limit-zone-full', 'no live worker signed these lines, so they could be text of a client')]
}

/** Keys with as many values as there are requests. */
const UNBOUNDED = /\$(?:request_id|request_uri|uri|connection|msec|args)\b/

/**
 * Room for 80,000 keys and more: a key takes 64 or 128 bytes (reference of limit_conn_zone), and 10 MiB hold 80,000
 * of the larger ones. A zone that has this much already is doubled.
 */
function larger(size: string): string {
  const [, digits = '0', unit = ''] = /^(\d{1,9})([kKmM]?)$/.exec(size) ?? []
  const bytes = Number(digits) * (unit === '' ? 1 : unit.toLowerCase() === 'k' ? 1024 : 1024 ** 2)
  return `${Math.max(10, Math.ceil((2 * bytes) / 1024 ** 2))}m`
}

import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged } from '../diagnosis/rule.ts'
import { inForce, nearest, type Scope } from '../nginx/config-scope.ts'
import type { Server } from '../nginx/config-servers.ts'
import type { Event } from '../symptoms/events.ts'
import { eventsOfKind } from '../symptoms/events.ts'
import { inWords } from '../symptoms/time.ts'
import { unloadedLimit } from './body-limit-not-on-disk.ts'
import { changedFiles } from './changed-since-load.ts'
import { insertAfterLine, lineText, replaceInLine } from './config-line.ts'
import { sizeOf } from './header-buffer.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import { scopeFor, serversNamed } from './named-servers.ts'
import { quietClaim, refusesWith413 } from './quiet-body-refusal.ts'
import { quietRefusals } from './quiet-refusals.ts'
import { isMostThere, isMuch, loadedSince } from './notice-course.ts'
import { sentBytes } from './sent-bytes.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-config' | 'nginx-processes', 'access-log'>

/** A larger upload is not proposed as a limit: whoever wants that much decides it. */
const LARGEST_MB = 1024

/**
 * Notice: a client sent more than client_max_body_size; nginx answers 413 and asks no backend.
 * Tell-tale: "client intended to send too large body", with the limit in force where it was sent. nginx's own words; nothing looks like it.
 * Where the error log takes no such line: 413 in the access log. Look-alike there: app-error (a limit of the backend's own).
 */
export const clientBodyTooLarge = defineRule({
  id: 'client-body-too-large',
  needs: ['events', 'host', 'nginx-config', 'nginx-processes'],
  settles: ['access-log'],
  judge: (seen) => [
    ...eventsOfKind(seen.events, 'body-too-large')
      .filter((event) => !isRaisedSince(event, seen) && unloadedLimit(event, changedFiles(seen), seen) === null)
      .map((event) => claimOf(event, seen)),
    ...quietRefusals(seen['access-log'], seen['nginx-config'].model, refusesWith413)
      .filter(({ answer, asked }) => answer.count >= asked / 2)
      .map((refusal) => quietClaim(refusal, seen)),
  ],
})

interface Refuser {
  readonly site: string
  readonly server: Server | undefined
  readonly scope: Scope | null
}

function refuserOf(event: Event, { 'nginx-config': { model } }: Seen): Refuser {
  const site = event.line.server ?? event.sites[0] ?? ''
  const server = serversNamed([site], model)[0]
  return { site, server, scope: server ? scopeFor(server, requestedPath(event.line)) : null }
}

/** The configuration that was loaded after the newest of them lets as much pass. */
function isRaisedSince(event: Event, seen: Seen): boolean {
  const { scope } = refuserOf(event, seen)
  const bytes = sentBytes(event)
  const limit = (scope && inForce(scope, 'client_max_body_size')?.value) ?? undefined
  return lets(limit, bytes) && loadedSince(event, seen.host, seen['nginx-processes'])
}

function lets(limit: string | undefined, bytes: number | null): boolean {
  const size = sizeOf(limit)
  return size !== null && bytes !== null && (size === 0 || bytes <= size)
}

function claimOf(event: Event, seen: Seen): Claim {
  const config = seen['nginx-config']
  const { site, server, scope } = refuserOf(event, seen)
  const limit = scope && inForce(scope, 'client_max_body_size')
  const place = limit?.file != null ? { file: limit.file, line: limit.line ?? 1 } : null
  const bytes = sentBytes(event)
  // In chunks nobody knows how much there would have been: what came until then says too little.
  const chunked = event.line.message.includes('too large chunked body')
  const wanted = bytes === null || chunked ? null : proposal(bytes)
  // What is let pass there was refused by another place, which a redirect inside of nginx led to.
  const passes = lets(limit?.value, bytes)
  const diff = scope && wanted !== null && !passes ? diffTo(wanted, scope, seen) : null
  const current = limit
    ? `client_max_body_size is ${limit.value}${place ? ` (${place.file}:${place.line})` : ', the default'}`
    : ''
  return {
    summary: `clients send more to ${site === '' ? 'a server without a name' : site}${locationWords(scope)} than is allowed${bytes === null ? '' : `: ${chunked ? 'in chunks, more than ' : ''}${inMegabytes(bytes)}`}${timesWords(event)}${current === '' ? '' : `; ${current}`}. nginx answers 413, the backend is not asked`,
    subject: place ?? (server ? { file: server.file, line: server.line } : {}),
    failingNow:
      event.now &&
      !loadedSince(event, seen.host, seen['nginx-processes']) &&
      (isMuch(413, event.recent, seen['access-log']) || isMostThere(413, event.recent, seen['access-log'])),
    impact: impactOfEvent(event, seen.host),
    evidence: [
      eventEvidence(event),
      ...(place ? [seenBy('nginx-config', 'nginx -T', lineText(config, place.file, place.line))] : []),
    ],
    unlike: passes
      ? [notJudged('config-not-reloaded', 'what is written there lets it pass: nginx may have another limit loaded')]
      : [],
    ...(passes && { atMost: 'possible' as const }),
    steps: [
      diff === null
        ? `if such uploads are wanted, raise client_max_body_size where they go${chunked ? '; they come in chunks, so that their size is not known here (a registry of images wants 0, no limit, for pushes)' : ''}`
        : `if such uploads are wanted, allow ${wanted ?? ''} there, then nginx -t && systemctl reload nginx`,
      'the backend has a limit of its own (php: upload_max_filesize and post_max_size)',
    ],
    ...(diff !== null && { diff }),
  }
}

function locationWords(scope: Scope | null): string {
  const location = scope && nearest(scope, 'location')
  return location ? ` (location ${location.args.join(' ')})` : ''
}

/** How often now: somebody who asks because uploads fail has three of them, and no alarm. */
function timesWords({ recent, lastAgo }: Event): string {
  return recent === 0
    ? ''
    : `, ${recent} time${recent === 1 ? '' : 's'} in the last ten minutes, last ${inWords(lastAgo)} ago`
}

/** Some room above what was sent, as a round number: "8m". */
function proposal(bytes: number): string | null {
  const megabytes = (bytes * 1.2) / 1_048_576
  const round = [2, 4, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 512, LARGEST_MB].find((each) => each >= megabytes)
  return round === undefined ? null : `${round}m`
}

function diffTo(wanted: string, scope: Scope, { 'nginx-config': config }: Seen): string | null {
  const limit = inForce(scope, 'client_max_body_size')
  if (limit?.file != null && limit.line !== null)
    return replaceInLine(
      config,
      limit.file,
      limit.line,
      `client_max_body_size ${limit.value}`,
      `client_max_body_size ${wanted}`,
    )
  const server = nearest(scope, 'server')
  const anchor =
    server?.directives.find(({ name }) => name === 'server_name') ??
    server?.directives.find(({ name }) => name === 'listen')
  return anchor ? insertAfterLine(config, anchor.file, anchor.line, [`client_max_body_size ${wanted};`]) : null
}

function inMegabytes(bytes: number): string {
  return bytes < 10_485 ? `${bytes} bytes` : `${(bytes / 1_048_576).toFixed(1)} MB`
}

import type { Evidence, Impact } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import { ruleMaker } from '../diagnosis/rule.ts'
import type { Host } from '../probes/host.ts'
import type { Facts, ProbeId } from '../probes/index.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Event } from '../symptoms/events.ts'
import type { Starting } from '../symptoms/starting.ts'
import { instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** All that rules may ask: what the probes brought, and what was seen in it: troubles with upstreams, other events of the logs, how nginx started. */
export type Knowledge = Facts & {
  readonly troubles: Fact<readonly Trouble[]>
  readonly events: Fact<readonly Event[]>
  readonly starting: Fact<Starting>
  readonly place: Fact<Place>
}

/** Whose machine is judged: that of nginx, or that of a backend, whose facts then stand in place of the nginx host's. */
export type Place =
  | { readonly of: 'nginx' }
  | { readonly of: 'backend'; readonly nginxHost: string; readonly nginxAddresses: readonly string[] }

export const defineRule = ruleMaker<Knowledge>()

/** What a probe showed, as evidence: the command as a person would type it, and a line or a few of its output. */
export function seenBy(probe: ProbeId, command: string, text: string): Evidence {
  return { probe, command, text }
}

/** The newest log line of a trouble, and the live requests that show it. */
export function troubleEvidence(trouble: Trouble): readonly Evidence[] {
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  const logged = newest ? [seenBy('error-log', `tail ${newest.log}`, newest.text)] : []
  return [...logged, ...trouble.live.slice(0, 2).map(liveEvidence)]
}

export function liveEvidence(answer: LiveAnswer): Evidence {
  const socket = answer.endpoint.startsWith('unix:')
  const where = socket
    ? `--unix-socket ${answer.endpoint.slice(5)} http://localhost${answer.path}`
    : `http://${answer.endpoint}${answer.path}`
  const command =
    answer.way === 'connect'
      ? `connect to ${answer.endpoint}`
      : `curl ${answer.way === 'nginx' ? `-H 'Host: ${answer.host}' ` : ''}${where}`
  const seconds = `${answer.totalSeconds.toFixed(3)} s`
  const failed = answer.message === '' ? `curl exit code ${answer.exitCode} after ${seconds}` : answer.message
  const connected = answer.way === 'connect' && answer.exitCode === 0
  return seenBy(
    'live-requests',
    command,
    connected
      ? `connected in ${answer.connectSeconds.toFixed(3)} s`
      : answer.status === null
        ? failed
        : `HTTP ${answer.status} in ${seconds}`,
  )
}

/** What a claim is `about`: rules that explain the same errors at the same address have the same key. */
export function troubleKey(trouble: Trouble): string {
  return `${trouble.kind} ${trouble.address ?? trouble.upstream ?? trouble.sites[0] ?? ''}`
}

export function impactOf(trouble: Trouble, host: Host): Impact {
  const rate = trouble.course === 'now' ? perMinute(trouble.recent, trouble.firstAgo) : null
  const locations = locationsOf(trouble)
  return {
    count: trouble.count,
    firstSeen: trouble.firstAgo === null ? null : instantAgo(host, trouble.firstAgo),
    lastSeen: trouble.lastAgo === null ? null : instantAgo(host, trouble.lastAgo),
    sites: sitesOf(trouble),
    failingShare: trouble.failingShare,
    intermittent: trouble.intermittent,
    ...(rate !== null && { perMinute: rate }),
    ...(locations.length > 0 && { locations }),
  }
}

/** Errors of the last ten minutes a minute, to one decimal; a trouble that began just now counts from then, half a minute at least. */
function perMinute(recent: number, firstAgo: number | null): number | null {
  if (recent === 0) return null
  const minutes = Math.max(0.5, Math.min(10, (firstAgo ?? 600) / 60))
  return Math.round((recent / minutes) * 10) / 10
}

function locationsOf(trouble: Trouble): readonly string[] {
  const places = trouble.endpoints.flatMap((endpoint) => endpoint.usedBy.flatMap(({ pass }) => pass.location ?? []))
  const texts = places.map(({ modifier, path }) => (modifier === '' ? path : `${modifier} ${path}`))
  return [...new Set(texts)].slice(0, 5)
}

/** The names that suffer: those in the log, else those that the configuration sends to that address. */
export function sitesOf(trouble: Trouble): readonly string[] {
  if (trouble.sites.length > 0) return trouble.sites
  return [...new Set(trouble.endpoints.flatMap((endpoint) => endpoint.usedBy.flatMap((use) => use.serverNames)))].slice(
    0,
    10,
  )
}

/** The newest entry of an event, as evidence. */
export function eventEvidence(event: Event): Evidence {
  const newest = event.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  return seenBy('error-log', `tail ${newest?.log ?? ''}`, newest?.text ?? '')
}

export function impactOfEvent(event: Event, host: Host): Impact {
  return {
    count: event.count,
    firstSeen: Number.isFinite(event.firstAgo) ? instantAgo(host, event.firstAgo) : null,
    lastSeen: Number.isFinite(event.lastAgo) ? instantAgo(host, event.lastAgo) : null,
    sites: event.sites,
    failingShare: null,
    intermittent: false,
  }
}

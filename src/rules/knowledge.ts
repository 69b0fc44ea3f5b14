import type { Evidence, Impact } from '../diagnosis/diagnosis.ts'
import type { Fact, Source } from '../diagnosis/fact.ts'
import { ruleMaker } from '../diagnosis/rule.ts'
import type { Host } from '../probes/host.ts'
import type { Facts } from '../probes/index.ts'
import { instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** All that rules may ask: what the probes brought, and the troubles seen in it. */
export type Knowledge = Facts & { readonly troubles: Fact<readonly Trouble[]> }

export const defineRule = ruleMaker<Knowledge>()

/** One line or a few of what a probe showed. */
export function seenBy(source: Source, text: string, command?: string): Evidence {
  return { host: source.host, probe: source.probe, command: command ?? source.command, text }
}

/** The newest log line of a trouble, or the live request that shows it. */
export function troubleEvidence(trouble: Trouble, source: Source): readonly Evidence[] {
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  const logged = newest
    ? [{ host: source.host, probe: 'error-log', command: `tail ${newest.log}`, text: newest.text }]
    : []
  const live = trouble.live.slice(0, 2).map((answer) => ({
    host: source.host,
    probe: 'live-requests',
    command: `curl ${answer.way === 'nginx' ? `-H 'Host: ${answer.host}' ` : ''}http://${answer.endpoint}${answer.path}`,
    text:
      answer.status === null
        ? answer.message || `curl exit code ${answer.exitCode}`
        : `HTTP ${answer.status} in ${answer.totalSeconds.toFixed(3)} s`,
  }))
  return [...logged, ...live]
}

export function impactOf(trouble: Trouble, host: Host): Impact {
  return {
    count: trouble.count,
    firstSeen: trouble.firstAgo === null ? null : instantAgo(host, trouble.firstAgo),
    lastSeen: trouble.lastAgo === null ? null : instantAgo(host, trouble.lastAgo),
    sites: sitesOf(trouble),
    failingShare: trouble.failingShare,
    intermittent: trouble.intermittent,
  }
}

/** The names that suffer: those in the log, else those that the configuration sends to that address. */
export function sitesOf(trouble: Trouble): readonly string[] {
  if (trouble.sites.length > 0) return trouble.sites
  return [...new Set(trouble.endpoints.flatMap((endpoint) => endpoint.usedBy.flatMap((use) => use.serverNames)))].slice(
    0,
    10,
  )
}

import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { KernelEvent } from '../probes/kernel-log.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { ResolverAnswer } from '../probes/resolver-answers.ts'
import type { ConnectionCount } from '../probes/sockets.ts'
import { hostOf } from '../symptoms/address.ts'
import { isOpen, recentSeconds } from '../symptoms/course.ts'
import { agoOf } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isTableFull } from './conntrack-alike.ts'
import { isLateForNames, unheardServers } from './unheard-servers.ts'
import { unheardVisitors } from './unheard-visitors.ts'

type Seen = View<
  Knowledge,
  'place' | 'host' | 'troubles' | 'kernel-limits',
  'kernel-log' | 'sockets' | 'routes' | 'events' | 'error-log' | 'resolver-answers' | 'live-requests'
>

/**
 * Cause: the connection tracking table is full, and the kernel drops what would need a new entry.
 * Tell-tale: nf_conntrack_count at nf_conntrack_max, the kernel's "table full, dropping packet", and connects, requests to nginx itself, or questions
 * to a name server, that time out.
 * Look-alikes: firewall-blocked (one port or address only, whatever the load), host-unreachable (no way to one address),
 * port-exhaustion (99, and one address), dns-failure (the name server itself is silent).
 */
export const conntrackFull = defineRule({
  id: 'conntrack-full',
  needs: ['place', 'host', 'troubles', 'kernel-limits'],
  settles: ['kernel-log', 'sockets', 'routes', 'events', 'error-log', 'resolver-answers', 'live-requests'],
  atBackend: true,
  judge: (seen) => {
    const table = seen['kernel-limits'].conntrack
    const said = kernelSaid(seen)
    const full = table !== null && isTableFull(table)
    const late = seen.troubles.filter((trouble) => trouble.kind === 'connect-timeout' && isOpen(trouble))
    if (table === null || (!full && said === null)) return []
    // Full, with nobody who was dropped: a host that is well dimensioned to the last entry is no fault.
    const unheard = full && seen.place.of === 'nginx' ? unheardServers(seen) : []
    const visitors = full && seen.place.of === 'nginx' ? unheardVisitors(seen['live-requests'], seen.sockets) : []
    const names = full && seen.place.of === 'nginx' && !seen['resolver-answers'].known && isLateForNames(seen)
    if (late.length === 0 && unheard.length === 0 && visitors.length === 0 && said === null && !names) return []
    return [claimOf(late, { unheard, visitors, names }, { ...table, full }, said, seen)]
  },
})

function kernelSaid(seen: Seen): KernelEvent | null {
  if (!seen['kernel-log'].known) return null
  const events = seen['kernel-log'].value.events.filter(({ kind }) => kind === 'conntrack-full')
  return events.find(({ lastAt }) => agoOf(lastAt, seen.host) <= recentSeconds) ?? null
}

/** Who besides the backends gets no answer. */
interface Lost {
  readonly unheard: readonly ResolverAnswer[]
  readonly visitors: readonly LiveAnswer[]
  /** nginx's questions to its name servers, which were not asked otherwise. */
  readonly names: boolean
}

function claimOf(
  late: readonly Trouble[],
  { unheard, visitors, names }: Lost,
  table: { readonly count: number; readonly max: number; readonly dropped: number; readonly full: boolean },
  said: KernelEvent | null,
  seen: Seen,
): Claim {
  const [most] = late.toSorted((a, b) => b.count - a.count)
  const peers = [...new Set(late.flatMap(({ address }) => address ?? []))]
  const asked = [
    ...new Set([
      ...unheard.map(({ server }) => `the name server ${server}`),
      ...visitors.map(({ endpoint }) => `nginx itself at ${endpoint}`),
      ...(names ? ['its name servers'] : []),
    ]),
  ]
  const lost = [...peers, ...asked]
  const who = busiestPeers(seen)
  return {
    summary: `the connection tracking table is full (${table.count} of ${table.max} entries): the kernel drops new connections${lost.length > 0 ? `, to ${lost.join(' and ')} among others` : ''}`,
    subject: {},
    failingNow: true,
    ...(most && { about: troubleKey(most) }),
    impact: most ? impactOf(most, seen.host) : null,
    evidence: [
      ...(most ? troubleEvidence(most) : []),
      ...unheard
        .slice(0, 2)
        .map(({ server, name, text }) => seenBy('resolver-answers', `dig @${server} ${name}`, text)),
      ...visitors.slice(0, 2).map(liveEvidence),
      seenBy(
        'kernel-limits',
        'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; conntrack -S',
        `${table.count} of ${table.max}, ${table.dropped} packets dropped since boot`,
      ),
      ...(said ? [seenBy('kernel-log', 'journalctl -k', `${said.lines.at(-1) ?? ''}   (${said.count} times)`)] : []),
      ...(who ? [seenBy('sockets', 'ss -Htan | sort | uniq -c', who)] : []),
    ],
    unlike: [
      filterAlike(peers, said, table),
      unreachableAlike(peers, seen),
      seen.troubles.some(({ kind }) => kind === 'no-local-port')
        ? notJudged('port-exhaustion', 'local ports ran out as well (99)')
        : ruledOut('port-exhaustion', 'connects time out, they do not fail for want of a port (99)'),
      ...(unheard.length > 0 || names
        ? [notJudged('dns-failure', 'a name server that is down is as silent as one whose answers are dropped')]
        : []),
    ],
    ...((!table.full || (!most && said === null)) && { atMost: 'likely' as const }),
    explains: ['firewall-blocked', 'backend-slow', 'backend-saturated', 'host-unreachable', 'dns-failure'],
    steps: [
      "see who fills it: conntrack -L 2>/dev/null | grep -o 'src=[^ ]*' | sort | uniq -c | sort -rn | head",
      `as a stopgap: sysctl -w net.netfilter.nf_conntrack_max=${table.max * 2}   # and hashsize to an eighth of it`,
      'connections that need no tracking can be left out: a NOTRACK rule (raw table) for the ports of this proxy',
    ],
  }
}

/** A rule of a filter drops the same packets always, a full table whatever comes while it is full. */
function filterAlike(
  peers: readonly string[],
  said: KernelEvent | null,
  table: { readonly full: boolean; readonly dropped: number },
): LookAlike {
  if (said) return ruledOut('firewall-blocked', 'the kernel says itself that the full table is why it drops')
  if (table.full && table.dropped > 0)
    return ruledOut('firewall-blocked', `the kernel dropped ${table.dropped} packets for want of an entry`)
  return peers.length > 1
    ? ruledOut('firewall-blocked', `several peers time out together: ${peers.join(', ')}`)
    : notJudged(
        'firewall-blocked',
        'a rule that drops looks the same from here, and the log of the kernel does not say "table full"',
      )
}

function unreachableAlike(peers: readonly string[], seen: Seen): LookAlike {
  const routes = seen.routes.known ? seen.routes.value.routes : []
  const lost = routes.find(
    (each) =>
      peers.some((peer) => hostOf(peer) === each.address) &&
      (each.route === null || [each.neighbour, each.gateway?.neighbour].includes('FAILED')),
  )
  if (lost) return notJudged('host-unreachable', `${lost.address} cannot be reached either`)
  return ruledOut('host-unreachable', 'the packets are dropped on this host, before they leave it')
}

/** The peers with most connections, as far as sockets of this host show: a router or a bridge of containers tracks others as well. */
function busiestPeers({ sockets }: Seen): string | null {
  if (!sockets.known) return null
  const most = sockets.value.connections
    .toSorted((a: ConnectionCount, b: ConnectionCount) => b.count - a.count)
    .slice(0, 4)
  return most.length === 0
    ? null
    : most.map(({ count, state, local, peer }) => `${count} ${state} ${local} ${peer}`).join('\n')
}

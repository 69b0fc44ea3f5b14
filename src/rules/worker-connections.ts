import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { endpointsOf } from '../nginx/config-endpoints.ts'
import { endsSurely } from '../nginx/config-loop.ts'
import { isOwnListener } from '../nginx/own-listener.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { hostOf, isLocal } from '../symptoms/address.ts'
import type { ProcessLimit } from '../probes/process-limits.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { clientEvidence, clientSteps } from './busiest-clients.ts'
import { lineText } from './config-line.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { loadedSince } from './notice-course.ts'
import { forwardersAt } from './forwarder.ts'
import { isOwnEntry } from './own-entry.ts'
import { type Allowance, connectionsSetting, moreConnections, suggestedConnections } from './worker-limits.ts'

type Seen = View<
  Knowledge,
  'events' | 'host' | 'nginx-processes' | 'nginx-config',
  'sockets' | 'process-limits' | 'backend-units' | 'firewall' | 'access-log'
>

/**
 * Cause: worker_connections is smaller than what the load takes; a proxied request takes two, one to the client and one to the backend.
 * Tell-tale: "N worker_connections are not enough" with N the configured number, from a worker that still runs.
 * Look-alikes: proxy-loop (a request that comes round takes any number of them), fd-limit (24: descriptors end before connections do).
 * The cache manager has 512 of its own whatever is configured (ngx_cache_manager_process_cycle): not this cause.
 */
export const workerConnections = defineRule({
  id: 'worker-connections',
  needs: ['events', 'host', 'nginx-processes', 'nginx-config'],
  settles: ['sockets', 'process-limits', 'backend-units', 'firewall', 'access-log'],
  judge: (seen) => eventsOfKind(seen.events, 'worker-connections').flatMap((event) => judgeEvent(event, seen)),
})

function judgeEvent(event: Event, seen: Seen): Claim[] {
  const number = Number(/^(\d+) worker_connections/.exec(event.line.message)?.[1] ?? 0)
  const { model } = seen['nginx-config']
  if (number !== model.workerConnections) return []
  const sure = isOwnEntry(event, seen['nginx-processes'])
  const loop = loopAlike(seen)
  const setting = connectionsSetting(seen['nginx-config'])
  const diff = moreConnections(seen['nginx-config'], allowance(seen))
  const inUse = connectionsInUse(seen)
  return [
    {
      summary: `each worker may have ${number} connections (worker_connections), and needs more: nginx refused connections ${event.count} times${inUse !== null && inUse > number / 2 ? `; ${inUse} are open now` : ''}`,
      subject: setting === null ? {} : { file: setting.file, line: setting.line },
      failingNow: event.now && !loadedSince(event, seen.host, seen['nginx-processes']),
      impact: impactOfEvent(event, seen.host),
      evidence: [
        eventEvidence(event),
        seenBy(
          'nginx-config',
          'nginx -T',
          setting?.written
            ? lineText(seen['nginx-config'], setting.file, setting.line)
            : 'worker_connections is not set: 512',
        ),
        ...(inUse === null ? [] : [seenBy('sockets', 'ss -Htanp | grep -c nginx', String(inUse))]),
        ...clientEvidence(seen),
      ],
      unlike: [
        loop,
        ...natAlike(seen),
        descriptorsAlike(seen),
        ...(sure
          ? []
          : [notJudged('worker-connections', 'no live worker signed these lines, so they could be text of a client')]),
      ],
      ...((!sure || !loop.out) && { atMost: 'possible' as const }),
      explains: ['app-error', 'no-live-upstreams'],
      steps: [
        `raise worker_connections to ${suggestedConnections(number)}, and the limit of descriptors to twice that (worker_rlimit_nofile)`,
        'nginx -t && systemctl reload nginx',
        'see what holds the connections: slow backends and idle keepalive count as well',
        ...clientSteps(seen),
      ],
      // A circle takes as many as there are.
      ...(diff !== null && loop.out && { diff }),
    },
  ]
}

/** The configuration sends requests to an address that this nginx listens on. */
function loopAlike(seen: Seen): LookAlike {
  const { model } = seen['nginx-config']
  const isOwn = (host: string): boolean =>
    isLocal(host, seen.host.addresses) || model.servers.some(({ names }) => names.includes(host))
  const all = endpointsOf(model)
  const addresses = all.map(({ address }) => address)
  const forwarded = forwardersAt(addresses, seen.sockets, seen['backend-units'], seen.firewall)
  const leadsTo = (address: string): string => {
    const target = forwarded.get(address)
    return target ? `${target.host}:${target.port}` : address
  }
  const ports = new Set(model.servers.flatMap(({ listens }) => listens.map(({ port }) => port)))
  const asked = all.find(({ atRunTime, port }) => atRunTime && port !== null && ports.has(port))
  if (asked)
    return notJudged('proxy-loop', `${asked.address} is looked up while nginx runs, and nginx listens on that port`)
  const own = all.filter(({ address }) => isOwnListener(leadsTo(address), model, seen.host.addresses))
  const loop = own.find(({ usedBy }) => usedBy.some(({ pass }) => !endsSurely(pass, model, isOwn, forwarded)))
  if (!loop && own[0])
    return ruledOut('proxy-loop', `what goes to ${own[0].address}, nginx itself, leaves it again without a circle`)
  return loop
    ? notJudged('proxy-loop', `${loop.address} is a port that nginx itself listens on (${hostOf(loop.address)})`)
    : ruledOut('proxy-loop', 'no upstream is a listener of this nginx')
}

/** A nat rule may lead what goes to a backend to nginx itself. */
function natAlike({ firewall }: Seen): readonly LookAlike[] {
  const unread = firewall.known ? firewall.value.sets.find(({ state }) => state === 'unknown')?.reason : firewall.reason
  return unread === undefined ? [] : [notJudged('proxy-loop', `no nat rule was looked at: ${unread}`)]
}

function descriptorsAlike(seen: Seen): LookAlike {
  const without = seen.events.some((event) => event.now && [23, 24].includes(linuxErrno(event.line.errno) ?? 0))
  return without
    ? notJudged('fd-limit', 'descriptors ran out as well')
    : ruledOut('fd-limit', 'no line says that descriptors ran out (24)')
}

function allowance(seen: Seen): Allowance {
  const limits = seen['process-limits'].known ? seen['process-limits'].value : []
  const of = (pids: readonly number[]): ProcessLimit | undefined => limits.find(({ pid }) => pids.includes(pid))
  const { masters, workers } = seen['nginx-processes']
  return {
    soft: of(workers.map(({ pid }) => pid))?.soft ?? null,
    hard: of(masters.map(({ pid }) => pid))?.hard ?? null,
  }
}

/** Connections of nginx that ss shows, of clients and to backends; null where ss may not tell whose they are. */
function connectionsInUse({ sockets }: Seen): number | null {
  if (!sockets.known || !sockets.value.ownersSeen) return null
  const own = sockets.value.connections.filter(({ byNginx }) => byNginx)
  return own.reduce((sum, { count }) => sum + count, 0)
}

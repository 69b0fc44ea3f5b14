import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { boundFor } from './bound-address.ts'
import { keepaliveDiff } from './keepalive-diff.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'sockets' | 'kernel-limits' | 'nginx-config',
  'nginx-build' | 'live-requests'
>

/** From this share of the port range on there is, for practical purposes, no free port: connect() gives up after a search. */
const FULL = 0.8

/**
 * Cause: no free local port to the upstream, because every request opens a connection that then waits in TIME-WAIT.
 * Tell-tale: crit (99) on connect, and connections to that very peer near the size of ip_local_port_range.
 * Look-alikes: proxy-bind-invalid (99 at any load), proxy-loop (the upstream is nginx itself), backend-down (a direct request fails).
 */
export const portExhaustion = defineRule({
  id: 'port-exhaustion',
  needs: ['troubles', 'host', 'sockets', 'kernel-limits', 'nginx-config'],
  settles: ['nginx-build', 'live-requests'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'no-local-port' || address === null || trouble.endpoints.length === 0) return []
  // bind() to an address that the host does not have fails without any shortage.
  if (boundFor(trouble, seen.host)?.state === 'foreign') return []
  return [claimOf(trouble, address, seen)]
}

function claimOf(trouble: Trouble, address: string, seen: Seen): Claim {
  const limits = seen['kernel-limits']
  const toPeer = seen.sockets.connections.filter((each) => each.peer === address)
  const used = toPeer.reduce((sum, each) => sum + each.count, 0)
  const waiting = toPeer.filter((each) => each.state === 'TIME-WAIT').reduce((sum, each) => sum + each.count, 0)
  const full = used >= FULL * Math.min(limits.ephemeralPorts, limits.maxTimeWait || Infinity)
  // Connections that are kept open save those that would wait in TIME-WAIT, none that is in use.
  const idle = waiting >= used / 2
  const closing = idle ? closingAnswer(address, seen) : null
  const diff = idle && closing === null ? diffFor(trouble, seen) : null
  const place = trouble.endpoints[0]
  return {
    summary: `no local port is free for ${address}: ${used} of ${limits.ephemeralPorts} are in use, ${waiting} of them in TIME-WAIT`,
    subject: { upstream: address, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy(
        'sockets',
        `ss -Htan dst ${address} | sort | uniq -c`,
        toPeer.map((each) => `${each.count} ${each.state} to ${each.peer}`).join('\n') || 'no connection to it now',
      ),
      ...(closing === null ? [] : [closing]),
      seenBy('kernel-limits', 'sysctl net.ipv4.ip_local_port_range', limits.portRange.join(' ')),
    ],
    unlike: [
      bindAlike(trouble, seen),
      loopAlike(address, seen),
      ...(full
        ? []
        : [
            notJudged(
              'backend-down',
              `only ${used} of ${limits.ephemeralPorts} ports are in use now, so the shortage itself was not seen`,
            ),
          ]),
    ],
    ...(!full && { atMost: 'possible' as const }),
    steps: [
      ...(closing === null
        ? []
        : [
            `${address} ends each connection behind its answer, whatever nginx asks for: let it keep them open first (its own keep-alive setting; a worker type that has one)`,
          ]),
      idle
        ? 'let nginx keep connections to the upstream open: keepalive in its upstream block, proxy_http_version 1.1, an empty Connection header'
        : `see what holds ${used - waiting} connections open: requests that wait for long, a backend that does not close; more addresses of the backend, or proxy_bind with several of this host, give each its own ports`,
      'nginx -t && systemctl reload nginx',
      'as a stopgap: sysctl -w net.ipv4.ip_local_port_range="1024 65535"',
    ],
    ...(diff !== null && { diff }),
  }
}

/** The backend was asked in HTTP/1.1 and says that it closes: keepalive of nginx then keeps nothing (ngx_http_upstream_keepalive_module). */
function closingAnswer(address: string, { 'live-requests': live }: Seen): Evidence | null {
  if (!live.known) return null
  const closes = live.value.idles.some(
    ({ endpoint, connection, status }) =>
      endpoint === address && status !== null && status < 400 && connection === 'close',
  )
  return closes ? seenBy('live-requests', `curl -I http://${address}/`, 'Connection: close') : null
}

function bindAlike(trouble: Trouble, seen: Seen): LookAlike {
  const bound = boundFor(trouble, seen.host)
  if (!bound) return ruledOut('proxy-bind-invalid', 'no proxy_bind is in force for it')
  const { file, line } = bound.directive
  return bound.state === 'own'
    ? ruledOut('proxy-bind-invalid', `${bound.name} ${bound.address} is an address of this host`)
    : notJudged('proxy-bind-invalid', `what ${bound.name} ${bound.address} at ${file}:${line} stands for is not known`)
}

function loopAlike(address: string, seen: Seen): LookAlike {
  const own = seen.sockets.listeners.some(
    (listener) => listener.port === portOf(address) && listener.owners.some((owner) => owner.name.startsWith('nginx')),
  )
  const local =
    hostOf(address).startsWith('127.') || hostOf(address) === '::1' || seen.host.addresses.includes(hostOf(address))
  return own && local
    ? notJudged('proxy-loop', `nginx itself listens on port ${portOf(address)}`)
    : ruledOut('proxy-loop', `${address} is no listener of this nginx`)
}

/** Keeps connections to the upstream, in the block of the upstream and in the location that uses it. */
function diffFor(trouble: Trouble, seen: Seen): string | null {
  const use = trouble.endpoints[0]?.usedBy[0]
  const config = seen['nginx-config']
  const upstream = config.model.upstreams.find((each) => each.name === use?.upstream)
  const build = seen['nginx-build']
  return use && upstream ? keepaliveDiff(upstream, use.pass, build.known ? build.value.version : [], config) : null
}

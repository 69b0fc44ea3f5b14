import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { hostOf, isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText, replaceInLine } from './config-line.ts'
import { containerEvidence, containerName, containerWord } from './containers/behind.ts'
import { movedContainer } from './containers/moved.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { staleAlike } from './name-alike.ts'
import { deadHop, fixedNeighbour, type NoWay, wayTo } from './way-to.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'routes', 'nginx-config' | 'name-resolution' | 'containers'>

/**
 * Cause: no path to the backend's address: no route, a route that refuses, an interface that is down, a neighbour that is dead.
 * Tell-tale: 113, 101, 22 (blackhole) or a connect time-out, and what ip route, ip link and ip neigh say of the way there. A route
 * that prohibits gives 13, which on TCP looks like SELinux (errno by route type: fib_props in net/ipv4/fib_semantics.c).
 * Look-alikes: firewall-blocked (113 is also the answer of REJECT), upstream-address-stale (the name has moved away from a dead address).
 */
export const hostUnreachable = defineRule({
  id: 'host-unreachable',
  needs: ['troubles', 'host', 'routes'],
  settles: ['nginx-config', 'name-resolution', 'containers'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const kinds: readonly Trouble['kind'][] = ['unreachable', 'connect-timeout', 'denied']
  if (!kinds.includes(trouble.kind) || address === null || isLocal(address, seen.host.addresses)) return []
  if (!['configuration', 'name', 'socket', 'live'].includes(trouble.believed)) return []
  const way = wayTo(hostOf(address), {
    known: true,
    value: seen.routes,
    source: { host: '', probe: 'routes', command: '' },
  })
  if (way.kind !== 'none') {
    const hop = trouble.kind === 'denied' ? null : deadHop(hostOf(address), seen.routes)
    const fixed = trouble.kind === 'connect-timeout' ? fixedNeighbour(hostOf(address), seen.routes) : null
    return [hop ?? fixed].flatMap((noWay) => (noWay ? [claimOf(trouble, address, noWay, seen)] : []))
  }
  const prohibited = way.noWay.refusal?.startsWith('prohibit') === true
  return (trouble.kind === 'denied') === prohibited || trouble.kind !== 'denied'
    ? [claimOf(trouble, address, way.noWay, seen)]
    : []
}

function claimOf(trouble: Trouble, address: string, noWay: NoWay, seen: Seen): Claim {
  const place = trouble.endpoints[0]
  const config = seen['nginx-config']
  const stale = staleAlike(trouble, address, seen['name-resolution'])
  const moved = movedContainer(address, seen.containers)
  const diff =
    moved && place && config.known ? replaceInLine(config.value, place.file, place.line, address, moved.address) : null
  return {
    summary: `nginx cannot reach ${address}: ${noWay.words}${moved ? `; ${containerName(moved.container)} listens on ${moved.address}` : ''}`,
    subject: { upstream: address, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('routes', `ip route get ${hostOf(address)}`, noWay.route.message),
      ...(noWay.refusal === null ? [] : [seenBy('routes', 'ip route show table all', noWay.refusal)]),
      ...(noWay.link === null
        ? []
        : [
            seenBy(
              'routes',
              `ip addr show ${noWay.link.name}`,
              `<${noWay.link.flags.join(',')}> ${noWay.link.addresses.join(' ')}`,
            ),
          ]),
      ...(noWay.reason === 'overlapping-network'
        ? [
            seenBy(
              'routes',
              `ip neigh show ${hostOf(address)}`,
              noWay.route.elsewhere.map(({ device, state }) => `${hostOf(address)} dev ${device} ${state}`).join('\n'),
            ),
          ]
        : []),
      ...(['dead-neighbour', 'dead-gateway', 'fixed-neighbour'].includes(noWay.reason)
        ? [
            seenBy(
              'routes',
              `ip neigh show ${noWay.route.gateway?.address ?? hostOf(address)}`,
              noWay.route.gateway?.neighbour ?? noWay.route.neighbour ?? '',
            ),
          ]
        : []),
      ...(place && config.known
        ? [seenBy('nginx-config', 'nginx -T', lineText(config.value, place.file, place.line))]
        : []),
      ...(moved ? containerEvidence(moved, moved.address) : []),
    ],
    unlike: [firewallAlike(noWay), stale.alike],
    ...((stale.open || noWay.reason === 'fixed-neighbour') && { atMost: 'possible' as const }),
    steps: [
      ...(moved
        ? [
            `if ${containerWord(moved.container)} is what was meant: write ${moved.address}, or better publish its port on 127.0.0.1, as its address changes whenever it is made anew`,
          ]
        : []),
      ...stepsFor(address, noWay, place ? `${place.file}:${place.line}` : null),
    ],
    ...(diff !== null && { diff }),
  }
}

/** What the routing table or a dead neighbour stops never reaches the rules of another machine, nor an answer of them. */
function firewallAlike(noWay: NoWay): LookAlike {
  if (noWay.reason === 'fixed-neighbour')
    return notJudged('firewall-blocked', 'what the machine there does with the connection is not seen from here')
  return noWay.reason === 'dead-neighbour' || noWay.reason === 'dead-gateway' || noWay.reason === 'overlapping-network'
    ? ruledOut('firewall-blocked', 'the next machine does not even answer for its address on the link')
    : ruledOut('firewall-blocked', `no packet leaves: ${noWay.words}`)
}

function stepsFor(address: string, noWay: NoWay, place: string | null): readonly string[] {
  const wrong =
    place === null
      ? []
      : [`if ${hostOf(address)} is the wrong address, correct ${place}; nginx -t && systemctl reload nginx`]
  switch (noWay.reason) {
    case 'refusing-route':
      return [`ip route del ${noWay.refusal ?? ''}   # see who set it first`, ...wrong]
    case 'link-down':
      return [
        `ip link set ${noWay.link?.name ?? 'THE-LINK'} up   # see who took it down first`,
        `ip route get ${hostOf(address)}`,
      ]
    case 'no-carrier':
      return [
        `the other end of ${noWay.link?.name ?? 'the link'} is down: cable, switch port, bridge, virtual machine or container`,
        ...wrong,
      ]
    case 'no-route':
      return [`add the route to ${hostOf(address)} where this host's network is configured`, ...wrong]
    case 'overlapping-network':
      return [
        `give ${noWay.link?.name ?? 'that interface'} a network that no other one has   # ip address show; see who made it first`,
        `as a stopgap: ip route add ${hostOf(address)} dev ${noWay.route.elsewhere[0]?.device ?? 'THE-LINK'}`,
      ]
    case 'fixed-neighbour':
      return [
        `compare the hardware address with that of the machine: ip neigh show ${hostOf(address)}; ip link on ${hostOf(address)}`,
        `if it is wrong: ip neigh del ${hostOf(address)} dev ${/ dev (\S+)/.exec(noWay.route.route ?? '')?.[1] ?? 'THE-LINK'}, and see who set it`,
      ]
    case 'dead-gateway':
      return [`see whether the gateway ${noWay.route.gateway?.address ?? ''} is up`, ...wrong]
    default:
      return [`see whether the machine or container of ${hostOf(address)} is up and has that address`, ...wrong]
  }
}

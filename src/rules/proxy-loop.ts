import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { loopFrom, type Loop } from '../nginx/config-loop.ts'
import { isOwnListener } from '../nginx/own-listener.ts'
import type { Listener } from '../probes/sockets.ts'
import type { UnixListener } from '../probes/unix-sockets.ts'
import { isNginx } from './listening.ts'
import { type Forwarder, forwardersAt } from './forwarder.ts'
import { addressOf, isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { isGatewayError } from '../symptoms/kind.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import { badAnswers } from './consequences.ts'
import { lineText } from './config-line.ts'
import {
  defineRule,
  eventEvidence,
  impactOf,
  impactOfEvent,
  type Knowledge,
  liveEvidence,
  seenBy,
  troubleEvidence,
  troubleKey,
} from './knowledge.ts'
import { listenersAt, listenerText } from './listening.ts'

type Seen = View<
  Knowledge,
  'nginx-config' | 'host' | 'sockets' | 'events' | 'troubles',
  'live-requests' | 'kernel-limits' | 'backend-units' | 'unix-sockets'
>

/**
 * Cause: the address of an upstream is a listener of this nginx, and the request comes back to the same proxy_pass.
 * Tell-tale: address and port of the upstream equal a `listen`, the server and location that take the request pass it on to where it
 * came from, and nginx holds that listener. worker_connections or local ports run out, or the header grows until it is refused (400).
 * Look-alikes: port-exhaustion and worker-connections (real load). A proxy_pass to another server of the same nginx is no loop.
 */
export const proxyLoop = defineRule({
  id: 'proxy-loop',
  needs: ['nginx-config', 'host', 'sockets', 'events', 'troubles'],
  settles: ['live-requests', 'kernel-limits', 'name-resolution', 'resolver-answers', 'backend-units', 'unix-sockets'],
  judge(seen) {
    const { model } = seen['nginx-config']
    const { 'name-resolution': names, 'resolver-answers': asked } = seen
    const isOwn = (host: string): boolean => {
      const byHost = names.known ? (names.value.names.get(host) ?? []) : []
      const byResolver = asked.known ? asked.value.answers.filter(({ name }) => name === host) : []
      const found = byHost.length > 0 ? byHost : byResolver.flatMap(({ addresses }) => addresses)
      return (
        isLocal(host, seen.host.addresses) ||
        (found.length > 0 && found.every((each) => isLocal(each, seen.host.addresses)))
      )
    }
    const ports = new Set(model.servers.flatMap((server) => server.listens.map((listen) => listen.port)))
    const all = endpointsOf(model)
    const sockets = { known: true, value: seen.sockets, source: { host: '', probe: 'sockets', command: '' } } as const
    const forwarded = forwardersAt(
      all.map(({ address }) => address),
      sockets,
      seen['backend-units'],
    )
    const here = all.filter(({ address, host, port, unix }) => {
      if (unix !== null) return isOwnListener(address, model, seen.host.addresses)
      const target = forwarded.get(address) ?? { host, port }
      return target.host !== null && ports.has(target.port) && isOwn(target.host)
    })
    return here.flatMap((endpoint) => {
      const loop = endpoint.usedBy
        .map((use) => loopFrom(use.pass, model, isOwn, forwarded))
        .find((each) => each !== null)
      return loop && !endpoint.down ? judgeLoop(endpoint, loop, forwarded.get(endpoint.address) ?? null, seen) : []
    })
  },
})

function judgeLoop(endpoint: Endpoint, loop: Loop, forwarder: Forwarder | null, seen: Seen): Claim[] {
  const own = ownListeners(endpoint, forwarder, seen)
  if (own.length === 0 || own.some((listener) => listener.owners.length > 0 && !isNginx(listener))) return []
  const trouble = seen.troubles.find(
    (each) =>
      isOpen(each) &&
      (each.address === endpoint.address || each.endpoints.some((other) => other.address === endpoint.address)),
  )
  const event = eventsOfKind(seen.events, 'worker-connections', 'connect-failed', 'connect-failed-at-once').find(
    (each) => each.now && upstreamOf(each) === endpoint.address,
  )
  const failing = failingAnswer(endpoint, seen)
  const hurts = trouble !== undefined || event !== undefined || failing !== undefined
  return [claimOf(endpoint, loop, hurts, { trouble, event, failing, forwarder }, seen)]
}

function ownListeners(
  { address, unix }: Endpoint,
  forwarder: Forwarder | null,
  { sockets, 'unix-sockets': listening }: Seen,
): readonly (Listener | UnixListener)[] {
  if (unix === null) return listenersAt(forwarder ? `${forwarder.host}:${forwarder.port}` : address, sockets)
  return listening.known ? listening.value.listeners.filter(({ path }) => path === unix) : []
}

function upstreamOf(event: Event): string | null {
  const target = event.line.upstreamTrusted && event.line.upstream !== null ? addressOf(event.line.upstream) : null
  return target && 'address' in target ? target.address : null
}

/** 400 as well: each turn adds to X-Forwarded-For until the header is larger than nginx takes. */
function failingAnswer(endpoint: Endpoint, seen: Seen): LiveAnswer | undefined {
  const live = seen['live-requests']
  const names = new Set(endpoint.usedBy.flatMap((use) => use.serverNames))
  return live.known
    ? live.value.answers.find(
        (each) =>
          each.way === 'nginx' &&
          names.has(each.host) &&
          (isGatewayError(each) || (each.nginxPage && each.status === 400)),
      )
    : undefined
}

interface Signs {
  readonly trouble: Trouble | undefined
  readonly event: Event | undefined
  readonly failing: LiveAnswer | undefined
  readonly forwarder: Forwarder | null
}

function claimOf(
  endpoint: Endpoint,
  loop: Loop,
  hurts: boolean,
  { trouble, event, failing, forwarder }: Signs,
  seen: Seen,
): Claim {
  const config = seen['nginx-config']
  const itself = forwarder ? `${forwarder.host}:${forwarder.port}` : endpoint.address
  const [listener] = endpoint.unix === null ? listenersAt(itself, seen.sockets) : []
  const open = seen.sockets.connections
    .filter((each) => each.peer === endpoint.address)
    .reduce((sum, each) => sum + each.count, 0)
  const impact = trouble ? impactOf(trouble, seen.host) : event ? impactOfEvent(event, seen.host) : null
  const site = endpoint.usedBy[0]?.serverNames[0]
  return {
    ...(!hurts && { kind: 'latent' as const }),
    summary: `nginx passes ${site ?? 'requests'} to itself: ${forwarder ? `what listens on ${endpoint.address} passes everything on to ${itself}, ` : `${endpoint.address} is `}its own listener, and the request comes back to ${loop.hops[0]?.pass.file ?? ''}:${loop.hops[0]?.pass.line ?? ''}`,
    subject: {
      upstream: endpoint.address,
      ...(site !== undefined && { site }),
      file: endpoint.file,
      line: endpoint.line,
    },
    failingNow: hurts,
    ...(trouble && { about: troubleKey(trouble) }),
    explains: [
      ...badAnswers,
      'worker-connections',
      'port-exhaustion',
      'fd-limit',
      'host-overloaded',
      'no-live-upstreams',
    ],
    impact,
    evidence: [
      ...(trouble ? troubleEvidence(trouble) : []),
      ...(event ? [eventEvidence(event)] : []),
      ...(failing ? [liveEvidence(failing)] : []),
      seenBy(
        'nginx-config',
        'nginx -T',
        [
          lineText(config, endpoint.file, endpoint.line),
          ...loop.hops.map(
            ({ server, path }) =>
              `${server.names[0] ?? 'the default server'}${path} is answered at ${server.file}:${server.line}`,
          ),
        ].join('\n'),
      ),
      ...(forwarder ? [seenBy('backend-units', 'ps -o pid,args', forwarder.text)] : []),
      endpoint.unix === null
        ? seenBy('sockets', 'ss -Htanp', `${listener ? listenerText(listener) : ''}\n${open} connections to it`)
        : seenBy('unix-sockets', 'ss -Hlxp', `${endpoint.unix} (nginx)`),
    ],
    unlike: [
      portsAlike(open, seen),
      loop.unsure
        ? notJudged('worker-connections', 'a regular expression may choose another server or location')
        : ruledOut('worker-connections', 'one request takes connections until none is left, whatever their number'),
    ],
    // That a command line which says where it leads does so is not seen on the wire.
    ...(forwarder && { atMost: 'likely' as const }),
    steps: forwarder
      ? [
          `let the forwarder at ${endpoint.address} lead to the backend, not to ${itself}, which is nginx itself: ${forwarder.text}`,
        ]
      : [
          `write the backend's address in ${endpoint.file}:${endpoint.line}: ${endpoint.address} is nginx itself`,
          'nginx -t && systemctl reload nginx',
        ],
  }
}

function portsAlike(open: number, seen: Seen): LookAlike {
  const limits = seen['kernel-limits']
  if (!limits.known) return ruledOut('port-exhaustion', 'each request opens the next one, so ports run out by the loop')
  return ruledOut(
    'port-exhaustion',
    `${open} connections to itself of ${limits.value.ephemeralPorts} local ports, made by the loop`,
  )
}

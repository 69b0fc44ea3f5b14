import type { View } from '../../diagnosis/rule.ts'
import type { Endpoint } from '../../nginx/config-endpoints.ts'
import type { LiveAnswer } from '../../probes/live-requests.ts'
import type { Listener } from '../../probes/sockets.ts'
import type { UnixListener } from '../../probes/unix-sockets.ts'
import { addressOf } from '../../symptoms/address.ts'
import { isOpen } from '../../symptoms/course.ts'
import { type Event, eventsOfKind } from '../../symptoms/events.ts'
import { isGatewayError } from '../../symptoms/kind.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import type { Forwarder } from '../forwarder.ts'
import type { Knowledge } from '../knowledge.ts'
import { listenersAt } from '../listening.ts'

export type LoopSeen = View<
  Knowledge,
  'nginx-config' | 'host' | 'sockets' | 'events' | 'troubles',
  'live-requests' | 'kernel-limits' | 'backend-units' | 'unix-sockets' | 'firewall'
>

/** What shows that a loop hurts. */
export interface LoopSigns {
  readonly trouble: Trouble | undefined
  readonly event: Event | undefined
  readonly failing: LiveAnswer | undefined
  readonly forwarder: Forwarder | null
}

/** What of it is seen at one endpoint. */
export function loopSigns(endpoint: Endpoint, forwarder: Forwarder | null, seen: LoopSeen): LoopSigns {
  const trouble = seen.troubles.find(
    (each) =>
      isOpen(each) &&
      (each.address === endpoint.address || each.endpoints.some((other) => other.address === endpoint.address)),
  )
  const event = eventsOfKind(seen.events, 'worker-connections', 'connect-failed', 'connect-failed-at-once').find(
    (each) => each.now && upstreamOf(each) === endpoint.address,
  )
  return { trouble, event, failing: failingAnswer(endpoint, seen), forwarder }
}

/** Listeners that the address, or what passes its connections on, leads to. */
export function listenersBehind(
  { address, unix }: Endpoint,
  forwarder: Forwarder | null,
  { sockets, 'unix-sockets': listening }: LoopSeen,
): readonly (Listener | UnixListener)[] {
  if (unix === null) return listenersAt(forwarder ? `${forwarder.host}:${forwarder.port}` : address, sockets)
  return listening.known ? listening.value.listeners.filter(({ path }) => path === unix) : []
}

function upstreamOf(event: Event): string | null {
  const target = event.line.upstreamTrusted && event.line.upstream !== null ? addressOf(event.line.upstream) : null
  return target && 'address' in target ? target.address : null
}

/** 400 as well: each turn adds to X-Forwarded-For until the header is larger than nginx takes. */
function failingAnswer(endpoint: Endpoint, seen: LoopSeen): LiveAnswer | undefined {
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

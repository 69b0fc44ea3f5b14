import type { Claim } from '../diagnosis/rule.ts'
import { type Endpoint, endpointsOf } from '../nginx/config-endpoints.ts'
import { type Loop, loopFrom } from '../nginx/config-loop.ts'
import { isOwnListener } from '../nginx/own-listener.ts'
import { isLocal } from '../symptoms/address.ts'
import { type Forwarder, forwardersAt } from './forwarder.ts'
import { defineRule } from './knowledge.ts'
import { isNginx } from './listening.ts'
import { loopClaim } from './loop/claim.ts'
import { listenersBehind, type LoopSeen, loopSigns } from './loop/signs.ts'

/**
 * Cause: the address of an upstream is a listener of this nginx, and the request comes back to the same proxy_pass.
 * Tell-tale: address and port of the upstream equal a `listen`, the server and location that take the request pass it on to where it
 * came from, and nginx holds that listener. worker_connections or local ports run out, or the header grows until it is refused (400).
 * Look-alikes: port-exhaustion and worker-connections (real load). A proxy_pass to another server of the same nginx is no loop.
 */
export const proxyLoop = defineRule({
  id: 'proxy-loop',
  needs: ['nginx-config', 'host', 'sockets', 'events', 'troubles'],
  settles: [
    'live-requests',
    'kernel-limits',
    'name-resolution',
    'resolver-answers',
    'backend-units',
    'unix-sockets',
    'firewall',
  ],
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
      seen.firewall,
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

function judgeLoop(endpoint: Endpoint, loop: Loop, forwarder: Forwarder | null, seen: LoopSeen): Claim[] {
  const own = listenersBehind(endpoint, forwarder, seen)
  if (own.length === 0 || own.some((listener) => listener.owners.length > 0 && !isNginx(listener))) return []
  return [loopClaim(endpoint, loop, loopSigns(endpoint, forwarder, seen), seen)]
}

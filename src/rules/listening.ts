import type { ConfigModel } from '../nginx/config-model.ts'
import type { Listener, Sockets } from '../probes/sockets.ts'
import { hostOf, portOf } from '../symptoms/address.ts'

/** The listeners that would take a connection to this address. ss shows a wildcard as 0.0.0.0 (IPv4), [::] (IPv6 only) or * (both). */
export function listenersAt(address: string, sockets: Sockets): readonly Listener[] {
  const host = hostOf(address)
  const wildcards = host.includes(':') ? ['::', '*'] : ['0.0.0.0', '*']
  return onPort(portOf(address), sockets).filter(
    (listener) => (listener.address === host || wildcards.includes(listener.address)) && takesFrom(host, listener),
  )
}

/** What is bound to a network card hears nothing of what comes by loopback. */
function takesFrom(host: string, { device }: Listener): boolean {
  return device === undefined || device === 'lo' || !/^(?:127\.|::1$)/.test(host)
}

/** The listeners on this port at any address. */
export function onPort(port: number, sockets: Sockets): readonly Listener[] {
  return sockets.listeners.filter((listener) => listener.port === port)
}

/** "127.0.0.1:8081 (python3, pid 310)". */
export function listenerText(listener: Listener): string {
  const address = listener.address.includes(':') ? `[${listener.address}]` : listener.address
  const owner = listener.owners[0]
  const device = listener.device === undefined ? '' : ` on ${listener.device}`
  return `${address}:${listener.port}${device}${owner ? ` (${owner.name}, pid ${owner.pid})` : ''}`
}

/** Its accept queue is full: more connections wait than it allows (tcp(7): Recv-Q and Send-Q of a listener). */
export function isFull(listener: { readonly recvQ: number; readonly sendQ: number | null }): boolean {
  return listener.sendQ !== null && listener.recvQ > 0 && listener.recvQ >= listener.sendQ
}

/** nginx or a fork of it holds the listener. */
export function isNginx(listener: Pick<Listener, 'owners'>): boolean {
  return listener.owners.some((owner) => /^(nginx|openresty|angie|freenginx|tengine)/.test(owner.name))
}

/** The listeners on a port that are not nginx's own: by their process, or where that is not shown, by the `listen` directives. */
export function othersOnPort(port: number, sockets: Sockets, model: ConfigModel | null): readonly Listener[] {
  return onPort(port, sockets).filter((each) =>
    each.owners.length > 0 ? !isNginx(each) : model === null || !isListenedTo(each, model),
  )
}

function isListenedTo({ address, port }: Listener, { servers }: ConfigModel): boolean {
  const wildcard = address === '0.0.0.0' || address === '::' || address === '*'
  return servers.some(({ listens }) =>
    listens.some(
      ({ host, port: own, udp }) =>
        !udp &&
        own === port &&
        (host === address || (wildcard && (host === null || /^(?:\*|0\.0\.0\.0|::)$/.test(host)))),
    ),
  )
}

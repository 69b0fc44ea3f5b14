import type { ConfigModel } from './config-model.ts'
import type { Listen, Server } from './config-servers.ts'

/** Two sockets of one configuration that the kernel does not give to nginx side by side. */
export interface ListenClash {
  readonly first: Listen
  readonly second: Listen
}

interface Bound {
  readonly listen: Listen
  readonly protocol: Server['protocol']
}

/**
 * Where nginx gets in its own way when it binds (bind(2), EADDRINUSE), which `nginx -t` passes over like any address in use: a socket for both
 * families (ipv6only=off, ipv6(7) IPV6_V6ONLY) beside one for IPv4 on that port, or one port in two of http, stream and mail, whose addresses
 * are told apart within each block only (ngx_create_listening).
 */
export function listenClashes(model: ConfigModel): readonly ListenClash[] {
  const byPort = new Map<number, Map<string, Bound>>()
  for (const { listens, protocol } of model.servers) {
    for (const listen of listens) {
      if (listen.udp || listen.port === null) continue
      const those = byPort.get(listen.port) ?? new Map<string, Bound>()
      byPort.set(listen.port, those.set(`${protocol} ${listen.host} ${listen.bothFamilies}`, { listen, protocol }))
    }
  }
  return [...byPort.values()].flatMap((those) => firstClash([...those.values()]) ?? [])
}

function firstClash(those: readonly Bound[]): ListenClash | null {
  for (const first of those) {
    const second = those.find((other) => clash(first, other))
    if (second) return { first: first.listen, second: second.listen }
  }
  return null
}

function clash(a: Bound, b: Bound): boolean {
  if (a.listen.reuseport || b.listen.reuseport) return false
  return coversBoth(a.listen) ? isIpv4(b.listen) : a.protocol !== b.protocol && isSame(a.listen, b.listen)
}

function coversBoth({ host, bothFamilies }: Listen): boolean {
  return host === '::' && bothFamilies
}

/** An address as digits: what a name stands for is not known here. */
function isIpv4({ host }: Listen): boolean {
  return host === '*' || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host ?? '')
}

function isSame(a: Listen, b: Listen): boolean {
  const [one, other] = [a, b].map(({ host }) => (host === '*' ? '0.0.0.0' : host))
  if (one === other) return true
  return (one === '0.0.0.0' && isIpv4(b)) || (other === '0.0.0.0' && isIpv4(a))
}

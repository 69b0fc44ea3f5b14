import type { ConfigModel } from './config-model.ts'
import type { Listen } from './config-servers.ts'

/**
 * The TCP addresses that nginx binds when it starts. A single address is not bound by itself when a server listens on every address
 * of the same family and port (bind_wildcard in ngx_http_init_listening, src/http/ngx_http.c).
 */
export function bindings(model: ConfigModel): readonly Listen[] {
  const listens = model.servers.flatMap((server) => server.listens).filter((listen) => !listen.udp)
  const once = [...new Map(listens.map((listen) => [bindText(listen), listen])).values()]
  return once.filter((listen) => isWildcard(listen) || !once.some((other) => covers(other, listen)))
}

function covers(other: Listen, listen: Listen): boolean {
  return isWildcard(other) && other.port === listen.port && isIpv6(other) === isIpv6(listen)
}

function isWildcard(listen: Listen): boolean {
  return listen.host === '*' || listen.host === '0.0.0.0' || listen.host === '::'
}

function isIpv6(listen: Listen): boolean {
  return listen.host?.includes(':') === true
}

/** As nginx writes it in its messages: "0.0.0.0:80", "[::]:80", "unix:/run/x.sock". */
export function bindText(listen: Pick<Listen, 'host' | 'port' | 'unix'>): string {
  if (listen.unix !== null) return `unix:${listen.unix}`
  const host = listen.host === '*' || listen.host === null ? '0.0.0.0' : listen.host
  return `${host.includes(':') ? `[${host}]` : host}:${listen.port ?? 80}`
}

import type { ConfigModel } from '../nginx/config-model.ts'
import type { Listen, Server } from '../nginx/config-servers.ts'

/** A server that never gets a request for one of its names, because another one before it has the same at the same address. */
export interface Shadowed {
  readonly name: string
  readonly shadowed: Server
  readonly by: Server
}

/** nginx takes the first and warns: `conflicting server name "x" on 0.0.0.0:80, ignored` (ngx_http_add_server, ngx_http.c). */
export function shadowedServers({ servers }: ConfigModel): readonly Shadowed[] {
  const http = servers.filter(({ protocol }) => protocol === 'http')
  return http.flatMap((by, index) =>
    http.slice(index + 1).flatMap((shadowed) => {
      const name = shadowed.names.find((each) => by.names.includes(each))
      const sameAddress = shadowed.listens.some((each) => by.listens.some((other) => isSame(each, other)))
      return name !== undefined && sameAddress ? [{ name, shadowed, by }] : []
    }),
  )
}

function isSame(a: Listen, b: Listen): boolean {
  return a.unix === b.unix && a.port === b.port && a.host === b.host && a.udp === b.udp
}

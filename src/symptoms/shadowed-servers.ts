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
      return name !== undefined && sharesAddress(shadowed, by) ? [{ name, shadowed, by }] : []
    }),
  )
}

/** They listen at the same address, and the name that is asked for chooses between them. */
export function sharesAddress(one: Server, other: Server): boolean {
  return one.listens.some((each) => other.listens.some((listen) => isSame(each, listen)))
}

function isSame(a: Listen, b: Listen): boolean {
  return a.unix === b.unix && a.port === b.port && a.host === b.host && a.udp === b.udp
}

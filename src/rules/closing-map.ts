import type { Pass } from '../nginx/config-passes.ts'
import { allInForce, nearest } from '../nginx/config-scope.ts'

/** The entry of a map that makes "Connection: close" of every request that asks for no upgrade. */
export interface ClosingMap {
  readonly variable: string
  readonly file: string
  readonly line: number
}

/** The map of nginx.org's page on websockets, `map $http_upgrade $connection_upgrade { default upgrade; '' close; }`, where `keepalive` is wanted. */
export function closingMap({ scope }: Pass): ClosingMap | null {
  const connection = allInForce(scope, 'proxy_set_header').find(({ args }) => args[0]?.toLowerCase() === 'connection')
  const variable = /^\$\{?(\w+)\}?$/.exec(connection?.args[1] ?? '')?.[1]
  if (variable === undefined) return null
  const map = nearest(scope, 'http')?.directives.find(
    ({ name, args }) => name === 'map' && args[0] === '$http_upgrade' && args[1] === `$${variable}`,
  )
  const entry = map?.block?.find(({ name }) => name === '') ?? map?.block?.find(({ name }) => name === 'default')
  return entry?.args[0]?.toLowerCase() === 'close' ? { variable, file: entry.file, line: entry.line } : null
}

import { configAddress } from './config-address.ts'
import type { ConfigModel } from './config-model.ts'

/** A backend address that is a listener of this very nginx, as far as its configuration tells: loopback, an own address or a name that it serves, and the port of a `listen`; or its socket. */
export function isOwnListener(address: string, model: ConfigModel, own: readonly string[]): boolean {
  const { host, port, unix } = configAddress(address)
  if (unix !== null) return model.servers.some(({ listens }) => listens.some((listen) => listen.unix === unix))
  if (host === null || port === null) return false
  const named = model.servers.some((server) => server.names.includes(host))
  if (!named && !isLoopback(host) && !own.includes(host)) return false
  return model.servers.some((server) =>
    server.listens.some((listen) => !listen.udp && listen.port === port && (named || takes(listen.host, host))),
  )
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1' || host === 'localhost'
}

/** A wildcard takes connections to every address of its family. */
function takes(listen: string | null, host: string): boolean {
  if (listen === host) return true
  return host.includes(':')
    ? listen === '::'
    : listen === '*' || listen === '0.0.0.0' || (host === 'localhost' && listen === '127.0.0.1')
}

import { upstreamAddress } from '../nginx/upstream-address.ts'

/** One spelling for a backend's address, the one that ends up in JSON and messages: "127.0.0.1:8080", "[::1]:8080", "unix:/run/app.sock". */
export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/**
 * The upstream field of a log line as an address; `name` when it carries the name of an upstream block and no address. `known` are the
 * addresses that the configuration has: where a unix socket stands in an upstream block, nginx writes the request's path right behind that of
 * the socket ("http://unix:/run/app.sock/cart"), and only they tell where one ends.
 */
export function addressOf(
  field: string,
  known: readonly string[] = [],
): { readonly address: string } | { readonly name: string } | null {
  const parts = upstreamAddress(field)
  if (!parts) return null
  if (parts.unix !== null) return { address: socketIn(`unix:${parts.unix}`, known) }
  if (parts.host === null) return null
  if (parts.port !== null) return { address: formatAddress(parts.host, parts.port) }
  return { name: parts.host }
}

function socketIn(text: string, known: readonly string[]): string {
  if (known.includes(text)) return text
  const [longest] = known
    .filter((each) => each.startsWith('unix:') && text.startsWith(`${each}/`))
    .toSorted((a, b) => b.length - a.length)
  return longest ?? text.replace(/(\.sock)\/.*$/, '$1')
}

/** A request of ours to `asked` went to the address in trouble, or to one of its peers where the trouble is a whole upstream's. */
export function isStraightTo(
  asked: string,
  address: string | null,
  endpoints: readonly { readonly address: string }[],
): boolean {
  return address === null ? endpoints.some((each) => each.address === asked) : asked === address
}

/** Loopback, or an address of this host: the backend runs here. */
export function isLocal(address: string, own: readonly string[]): boolean {
  if (address.startsWith('unix:')) return true
  const host = hostOf(address)
  return host.startsWith('127.') || host === '::1' || host === 'localhost' || own.includes(host)
}

export function hostOf(address: string): string {
  return /^\[([^\]]*)\]/.exec(address)?.[1] ?? address.replace(/:\d+$/, '')
}

export function portOf(address: string): number {
  return Number(/:(\d+)$/.exec(address)?.[1] ?? 0)
}

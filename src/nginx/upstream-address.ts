/** Where an upstream field of the log or a *_pass directive points: an address, or the name of an upstream block. */
export interface UpstreamAddress {
  /** "http", "https", "fastcgi", "uwsgi", "scgi", "grpc", "grpcs", "memcached"; null for a stream session. */
  readonly scheme: string | null
  /** Host or upstream name without brackets; null for a unix socket. */
  readonly host: string | null
  readonly port: number | null
  /** Path of the unix socket. */
  readonly unix: string | null
}

const SCHEME = /^(?<scheme>[a-z][a-z0-9+.-]{0,15}):(?:\/\/)?/
const UNIX = /^unix:(?<path>[^:"\s]{1,200})/
const SIX = /^\[(?<host>[0-9A-Fa-f:.%a-z]{2,64})\](?::(?<port>\d{1,5}))?/
const FOUR = /^(?<host>[^/:?"\s[\]]{1,255})(?::(?<port>\d{1,5}))?/

/** Reads "http://127.0.0.1:8080/x", "fastcgi://unix:/run/x.sock:", "http://[::1]:80/", "10.0.0.1:3306"; null when it is none of these. */
export function upstreamAddress(text: string): UpstreamAddress | null {
  const scheme = text.startsWith('unix:') || /^[^:/]+:\d/.test(text) ? null : (SCHEME.exec(text.slice(0, 32)) ?? null)
  const rest = scheme === null ? text : text.slice(scheme[0].length)
  const name = scheme?.groups?.['scheme'] ?? null
  const unix = UNIX.exec(rest)?.groups?.['path']
  if (unix !== undefined) return { scheme: name, host: null, port: null, unix: unix.replace(/^\/\/+/, '/') }
  const peer = (SIX.exec(rest) ?? FOUR.exec(rest))?.groups
  const host = peer?.['host']
  if (host === undefined) return null
  const port = peer?.['port']
  return { scheme: name, host, port: port === undefined ? null : Number(port), unix: null }
}

/** An address as a configuration writes it: host and port, or the path of a unix socket. */
export interface ConfigAddress {
  readonly host: string | null
  readonly port: number | null
  readonly unix: string | null
}

/** Reads "127.0.0.1:8080", "[::1]:80", "app", "app:9000", "*:80", "8080" (a port, only in `listen`), "unix:/run/x.sock". */
export function configAddress(text: string): ConfigAddress {
  if (text.startsWith('unix:')) return { host: null, port: null, unix: text.slice(5).replace(/:$/, '') }
  const six = /^\[(?<host>[^\]]*)\](?::(?<port>\d{1,5}))?$/.exec(text)?.groups
  if (six !== undefined) return { host: six['host'] ?? '', port: portOf(six['port']), unix: null }
  const colon = text.lastIndexOf(':')
  const port = colon === -1 ? null : portOf(text.slice(colon + 1))
  return { host: port === null ? text : text.slice(0, colon), port, unix: null }
}

function portOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : null
}

/** One text per address, to compare and to show: "127.0.0.1:8080", "[::1]:80", "unix:/run/x.sock", "app" when no port is known. */
export function addressText(address: ConfigAddress): string {
  if (address.unix !== null) return `unix:${address.unix}`
  const host = address.host ?? ''
  const shown = host.includes(':') ? `[${host}]` : host
  return address.port === null ? shown : `${shown}:${address.port}`
}

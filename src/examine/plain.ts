/** Where to connect for a `listen` address: a wildcard is reached over loopback. */
export function connectHost(host: string | null): string {
  if (host === null || host === '*' || host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
}

export function isPlainName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(name)
}

/** Only what looks like an address or a path travels back to the host. */
export function isPlainAddress(address: string): boolean {
  return /^(unix:\/[A-Za-z0-9_./@:+-]{1,200}|\[[0-9a-fA-F:.]+\]:\d{1,5}|[A-Za-z0-9_.-]{1,253}:\d{1,5})$/.test(address)
}

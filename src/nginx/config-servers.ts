import { configAddress, type ConfigAddress } from './config-address.ts'
import type { Scope } from './config-scope.ts'

/** One `listen`. `host` is null for a unix socket, "*" for every IPv4 address, "::" for every IPv6 address. */
export interface Listen extends ConfigAddress {
  readonly ssl: boolean
  readonly defaultServer: boolean
  readonly proxyProtocol: boolean
  readonly udp: boolean
  /** `ipv6only=off`: one socket for both families. */
  readonly bothFamilies: boolean
  readonly reuseport: boolean
  /** null when nginx listens there without being told to (no `listen` in the server). */
  readonly file: string | null
  readonly line: number | null
}

export interface Location {
  /** "", "=", "~", "~*", "^~", or "@" for a named location. */
  readonly modifier: string
  readonly path: string
  readonly file: string
  readonly line: number
  readonly scope: Scope
}

export interface Server {
  readonly protocol: 'http' | 'stream' | 'mail'
  readonly names: readonly string[]
  readonly listens: readonly Listen[]
  readonly locations: readonly Location[]
  readonly file: string
  readonly line: number
  readonly scope: Scope
}

const MODIFIERS = new Set(['=', '~', '~*', '^~'])

export function serverOf(scope: Scope, protocol: Server['protocol'], locations: readonly Location[]): Server {
  const listens = scope.directives.filter(({ name }) => name === 'listen')
  const allSsl = scope.directives.some(({ name, args }) => name === 'ssl' && args[0] === 'on')
  const names = scope.directives.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args)
  const found = listens.map(({ args, file, line }) => listenOf(args, { file, line }, allSsl))
  // Without `listen` an http server takes port 80 (8000 when not started as root): ngx_http_core_module.c.
  const implied =
    found.length === 0 && protocol === 'http' ? [listenOf(['80'], { file: null, line: null }, allSsl)] : found

  return { protocol, names, listens: implied, locations, file: scope.file, line: scope.line, scope }
}

function listenOf(args: readonly string[], at: Pick<Listen, 'file' | 'line'>, allSsl: boolean): Listen {
  const [text = '', ...options] = args
  const address = /^\d{1,5}$/.test(text) ? { host: '*', port: Number(text), unix: null } : configAddress(text)
  const port = address.port ?? (address.unix === null ? 80 : null)

  return {
    ...address,
    port,
    ssl: allSsl || options.includes('ssl') || options.includes('quic'),
    defaultServer: options.includes('default_server') || options.includes('default'),
    proxyProtocol: options.includes('proxy_protocol'),
    udp: options.includes('udp') || options.includes('quic'),
    bothFamilies: options.includes('ipv6only=off'),
    reuseport: options.includes('reuseport'),
    ...at,
  }
}

export function locationOf(scope: Scope): Location {
  const [first = '', second] = scope.args
  const { file, line } = scope
  if (second !== undefined && MODIFIERS.has(first)) return { modifier: first, path: second, file, line, scope }
  const glued = /^(?<modifier>=|~\*|~|\^~)(?<path>.+)$/su.exec(first)?.groups
  if (glued !== undefined) return { modifier: glued['modifier'] ?? '', path: glued['path'] ?? '', file, line, scope }
  return { modifier: first.startsWith('@') ? '@' : '', path: first, file, line, scope }
}

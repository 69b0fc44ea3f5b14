import { configAddress } from './config-address.ts'
import type { Directive } from './config-parse.ts'
import type { Scope } from './config-scope.ts'
import type { Location, Server } from './config-servers.ts'
import type { Upstream } from './config-upstreams.ts'

export type PassProtocol = 'proxy' | 'fastcgi' | 'uwsgi' | 'scgi' | 'grpc' | 'memcached' | 'stream'

/** Where a *_pass sends requests, as far as the files tell. */
export type PassTarget =
  | { readonly kind: 'upstream'; readonly name: string }
  | { readonly kind: 'address'; readonly host: string; readonly port: number | null }
  | { readonly kind: 'unix'; readonly path: string }
  /** Decided per request: `text` is what is written, variables included. */
  | { readonly kind: 'variable'; readonly text: string }

export interface Pass {
  readonly protocol: PassProtocol
  readonly target: PassTarget
  /** "http", "https", "grpc", "grpcs", "uwsgi", "suwsgi"; null where none is written. */
  readonly scheme: string | null
  /** What is written behind the address; null when there is nothing, which makes nginx pass the request's own path. */
  readonly uri: string | null
  /** The argument as written. */
  readonly text: string
  readonly file: string
  readonly line: number
  readonly server: Server | null
  readonly location: Location | null
  readonly scope: Scope
}

const PASS = /^(?<protocol>proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/

const OTHER_PROTOCOLS = ['fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached'] as const

/** The protocol of a *_pass directive; null for any other directive. */
export function passProtocol(directive: Directive, inStream: boolean): PassProtocol | null {
  const name = PASS.exec(directive.name)?.groups?.['protocol']
  if (name === 'proxy') return inStream ? 'stream' : 'proxy'
  return OTHER_PROTOCOLS.find((protocol) => protocol === name) ?? null
}

type Written = Pick<Pass, 'target' | 'scheme' | 'uri' | 'text'>

/** Reads the argument of a *_pass. nginx looks for an upstream block of that name first, without regard to case. */
export function readPass(text: string, protocol: PassProtocol, upstreams: readonly Upstream[]): Written {
  const schemed = /^(?<scheme>[a-z]{1,10}):\/\/(?<rest>.*)$/su.exec(text)?.groups
  const scheme = schemed?.['scheme'] ?? null
  const rest = schemed?.['rest'] ?? text
  const { address, uri } = splitUri(rest)
  if (address.includes('$')) return { target: { kind: 'variable', text }, scheme, uri, text }

  const wanted = protocol === 'stream' ? 'stream' : 'http'
  const upstream = upstreams.find(
    ({ name, protocol: of }) => of === wanted && name.toLowerCase() === address.toLowerCase(),
  )
  if (upstream !== undefined) return { target: { kind: 'upstream', name: upstream.name }, scheme, uri, text }
  const { host, port, unix } = configAddress(address)
  if (unix !== null) return { target: { kind: 'unix', path: unix }, scheme, uri, text }
  return { target: { kind: 'address', host: host ?? '', port: port ?? defaultPort(scheme) }, scheme, uri, text }
}

/** A unix path ends at the next colon, another address at the first slash. */
function splitUri(rest: string): { readonly address: string; readonly uri: string | null } {
  const at = rest.startsWith('unix:') ? rest.indexOf(':', 5) : rest.indexOf('/')
  if (at === -1) return { address: rest, uri: null }
  const uri = rest.slice(rest.startsWith('unix:') ? at + 1 : at)
  return { address: rest.slice(0, at), uri: uri === '' ? null : uri }
}

/** FastCGI, uwsgi, SCGI, memcached and stream have no default port: nginx refuses an address without one. */
function defaultPort(scheme: string | null): number | null {
  if (scheme === 'http' || scheme === 'grpc') return 80
  return scheme === 'https' || scheme === 'grpcs' ? 443 : null
}

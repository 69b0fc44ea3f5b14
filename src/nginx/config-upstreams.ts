import { configAddress, type ConfigAddress } from './config-address.ts'
import type { Directive } from './config-parse.ts'
import { seconds } from './time.ts'

/** One `server` of an upstream block. */
export interface Peer extends ConfigAddress {
  /** As written: "app:9000", "unix:/run/app.sock". */
  readonly text: string
  readonly down: boolean
  readonly backup: boolean
  /** Asks a resolver at run time (`resolve`): the address in force is not in the file. */
  readonly resolve: boolean
  readonly maxFails: number
  readonly failTimeoutSeconds: number
  readonly file: string
  readonly line: number
}

export interface Upstream {
  readonly name: string
  readonly protocol: 'http' | 'stream'
  readonly peers: readonly Peer[]
  /** Idle connections kept per worker; null when not written (nginx 1.29.7 and later then keep some). */
  readonly keepalive: number | null
  /** Line of `keepalive`; null when it is not written. */
  readonly keepaliveLine: number | null
  /** How long nginx keeps an idle connection, seconds (60 when not written), and the line that says so. */
  readonly keepaliveTimeout: { readonly seconds: number; readonly value: string | null; readonly line: number | null }
  readonly zone: string | null
  /** "least_conn", "hash ...", "ip_hash"; null for round robin. */
  readonly method: string | null
  /** Peers are chosen by Lua at run time: the addresses used cannot be known from files. */
  readonly byLua: boolean
  readonly file: string
  readonly line: number
}

const METHODS = new Set(['least_conn', 'ip_hash', 'hash', 'random', 'least_time'])

export function upstreamOf(directive: Directive, protocol: 'http' | 'stream'): Upstream {
  const block = directive.block ?? []
  const method = block.find(({ name }) => METHODS.has(name))
  const keepalive = Number(firstArg(block, 'keepalive') ?? Number.NaN)

  return {
    name: directive.args[0] ?? '',
    protocol,
    peers: block.filter(({ name }) => name === 'server').map((server) => peerOf(server, protocol)),
    keepalive: Number.isInteger(keepalive) ? keepalive : null,
    keepaliveLine: block.find(({ name }) => name === 'keepalive')?.line ?? null,
    keepaliveTimeout: keepaliveTimeoutOf(block),
    zone: firstArg(block, 'zone') ?? null,
    method: method === undefined ? null : [method.name, ...method.args].join(' '),
    byLua: block.some(({ name }) => name.startsWith('balancer_by_lua')),
    file: directive.file,
    line: directive.line,
  }
}

function peerOf(server: Directive, protocol: 'http' | 'stream'): Peer {
  const text = server.args[0] ?? ''
  const options = server.args.slice(1)
  const address = configAddress(text)
  // ngx_http_upstream_server sets default_port to 80 for every kind of *_pass; the stream module demands a port.
  const port = address.port ?? (protocol === 'http' && address.unix === null ? 80 : null)

  return {
    ...address,
    port,
    text,
    down: options.includes('down'),
    backup: options.includes('backup'),
    resolve: options.includes('resolve'),
    maxFails: Number(option(options, 'max_fails') ?? 1),
    failTimeoutSeconds: seconds(option(options, 'fail_timeout') ?? '10s') ?? 10,
    file: server.file,
    line: server.line,
  }
}

/** ngx_http_upstream_keepalive_module: 60s by default, since 1.15.3. */
function keepaliveTimeoutOf(block: readonly Directive[]): Upstream['keepaliveTimeout'] {
  const written = block.find(({ name }) => name === 'keepalive_timeout')
  const value = written?.args[0] ?? null
  return { seconds: (value === null ? null : seconds(value)) ?? 60, value, line: written?.line ?? null }
}

function option(options: readonly string[], name: string): string | undefined {
  return options.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
}

function firstArg(block: readonly Directive[], name: string): string | undefined {
  return block.find((directive) => directive.name === name)?.args[0]
}

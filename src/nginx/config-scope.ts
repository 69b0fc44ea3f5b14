import type { Config, Directive } from './config-parse.ts'

/** A block with what surrounds it: the chain along which nginx inherits directives. The main context has name "main". */
export interface Scope {
  readonly name: string
  readonly args: readonly string[]
  readonly directives: readonly Directive[]
  readonly parent: Scope | null
  readonly file: string
  readonly line: number
}

/** Blocks whose content is no directives: visiting them would take a map's keys for directives. */
const DATA_BLOCKS = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map', 'match', 'otel_exporter'])

/** A directive, the block it stands in, and the block it opens (null when it is none, or holds data instead of directives). */
export interface Visited {
  readonly directive: Directive
  readonly scope: Scope
  readonly opened: Scope | null
}

export function mainScope(config: Config): Scope {
  return { name: 'main', args: [], directives: config.directives, parent: null, file: config.main, line: 1 }
}

/** Every directive in the order written, blocks before their content. A block's scope is one object for all its children. */
export function visit(scope: Scope): readonly Visited[] {
  return scope.directives.flatMap((directive) => {
    const { name, args, block, file, line } = directive
    if (block === undefined || DATA_BLOCKS.has(name)) return [{ directive, scope, opened: null }]
    const opened: Scope = { name, args, directives: block, parent: scope, file, line }
    return [{ directive, scope, opened }, ...visit(opened)]
  })
}

/** The nearest surrounding block of that name, this one included. */
export function nearest(scope: Scope | null, name: string): Scope | null {
  let at = scope
  while (at !== null && at.name !== name) at = at.parent
  return at
}

/** What holds in a scope. file and line are null when it is nginx's default. */
export interface InForce {
  readonly args: readonly string[]
  /** The arguments joined by single spaces. */
  readonly value: string
  readonly file: string | null
  readonly line: number | null
}

/** The directive that holds in this scope: the innermost one written, else nginx's default, else null. */
export function inForce(scope: Scope, name: string): InForce | null {
  const written = allInForce(scope, name)[0]
  if (written !== undefined) return written
  const value = DEFAULTS.get(name) ?? familyDefault(name)
  return value === undefined ? null : { args: value.split(' '), value, file: null, line: null }
}

/** All directives of that name at the innermost level that has any: how proxy_set_header and the like are inherited. */
export function allInForce(scope: Scope, name: string): readonly InForce[] {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = byName(at.directives).get(name)
    if (found !== undefined) return found
  }
  return []
}

/** A block with thousands of servers is asked once for each of them: directives are sorted by name when first asked. */
const sorted = new WeakMap<readonly Directive[], ReadonlyMap<string, readonly InForce[]>>()

function byName(directives: readonly Directive[]): ReadonlyMap<string, readonly InForce[]> {
  const before = sorted.get(directives)
  if (before !== undefined) return before
  const names = new Map<string, InForce[]>()
  for (const { name, args, file, line } of directives) {
    const same = names.get(name) ?? []
    same.push({ args, value: args.join(' '), file, line })
    names.set(name, same)
  }
  sorted.set(directives, names)
  return names
}

/** Defaults from the reference on nginx.org; those that changed with a version (proxy_http_version in 1.29.7) are left out. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['worker_connections', '512'],
  ['client_max_body_size', '1m'],
  ['keepalive_timeout', '75s'],
  ['resolver_timeout', '30s'],
  ['proxy_timeout', '10m'],
  ['proxy_bind', 'off'],
  ['proxy_ssl_verify', 'off'],
  ['proxy_ssl_server_name', 'off'],
  ['proxy_request_buffering', 'on'],
])

function familyDefault(name: string): string | undefined {
  const kind = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_(?<kind>\w+)$/.exec(name)?.groups?.['kind'] ?? ''
  if (/^(?:connect|read|send)_timeout$/.test(kind)) return '60s'
  if (kind === 'buffer_size') return '4k'
  if (kind === 'next_upstream') return 'error timeout'
  return kind === 'buffering' ? 'on' : undefined
}

import { posix } from 'node:path'
import type { Directive } from './config-parse.ts'
import { nearest, type Scope } from './config-scope.ts'

/** A certificate or key that this nginx serves. */
export interface Certificate {
  readonly kind: 'certificate' | 'key'
  /** Absolute path; as written when it has variables or is given inline ("data:"). */
  readonly path: string
  /** Named per connection by a variable: not one file. */
  readonly variable: boolean
  readonly serverNames: readonly string[]
  readonly file: string
  readonly line: number
}

/** A `return` that answers a gateway or server error itself. */
export interface Returned5xx {
  readonly code: number
  /** Arguments of the `if` around it: "(-f /etc/nginx/maintenance)"; null when it always holds. */
  readonly condition: string | null
  readonly serverNames: readonly string[]
  /** Path of the location it stands in; null at server level. */
  readonly location: string | null
  readonly file: string
  readonly line: number
}

export function serverNamesOf(scope: Scope): readonly string[] {
  const server = nearest(scope, 'server')
  return server === null
    ? []
    : server.directives.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args)
}

/** The certificate or key that a directive names, if it does. A relative path starts at the main file's directory, unlike a log's. */
export function certificateOf(directive: Directive, scope: Scope, directory: string): readonly Certificate[] {
  const kind = directive.name === 'ssl_certificate' ? 'certificate' : 'key'
  const path = directive.args[0]
  if ((kind === 'key' && directive.name !== 'ssl_certificate_key') || path === undefined) return []
  const asIs = path.includes('$') || path.startsWith('data:') || path.startsWith('engine:')
  const { file, line } = directive
  return [
    {
      kind,
      path: asIs ? path : posix.resolve(directory, path),
      variable: path.includes('$'),
      serverNames: serverNamesOf(scope),
      file,
      line,
    },
  ]
}

export function returned5xx(directive: Directive, scope: Scope): readonly Returned5xx[] {
  const code = directive.args[0] ?? ''
  if (directive.name !== 'return' || !/^5\d\d$/.test(code)) return []
  const condition = nearest(scope, 'if')
  const location = nearest(scope, 'location')
  return [
    {
      code: Number(code),
      condition: condition === null ? null : condition.args.join(' '),
      serverNames: serverNamesOf(scope),
      location: location === null ? null : (location.args.at(-1) ?? ''),
      file: directive.file,
      line: directive.line,
    },
  ]
}

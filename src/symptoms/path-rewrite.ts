import type { Pass } from '../nginx/config-passes.ts'

/** What nginx makes of the path of a location (reference of proxy_pass: the part that matches the location is replaced by the URI). */
export interface PathRewrite {
  /** Path of the location. */
  readonly prefix: string
  /** What nginx asks for, for a request of just that prefix. */
  readonly mapped: string
  /** What it would ask for if the slash were, or were not, there. */
  readonly other: string
  /** The proxy_pass that would do that; null where the location would have to change too. */
  readonly otherPass: string | null
  /** One of location and URI ends in a slash and the other does not: "/api/" and "/v1" make "/v1cart" of "/api/cart". */
  readonly uneven: boolean
}

/** null for a location where nothing is rewritten that could be wrong: "/", a regular expression, a variable. */
export function pathRewriteOf(pass: Pass): PathRewrite | null {
  const prefix = pass.location?.path ?? '/'
  const modifier = pass.location?.modifier ?? ''
  if (pass.protocol !== 'proxy' || pass.target.kind === 'variable' || (modifier !== '' && modifier !== '^~'))
    return null
  if (prefix === '/' || !isPlainPath(prefix) || (pass.uri !== null && !isPlainPath(pass.uri))) return null
  const slashed = prefix.endsWith('/')
  const { uri, text } = pass
  if (uri === null) {
    // A unix socket needs a colon before its path.
    const joint = pass.target.kind === 'unix' ? ':/' : '/'
    return { prefix, mapped: prefix, other: '/', otherPass: slashed ? `${text}${joint}` : null, uneven: false }
  }
  const bare = text.slice(0, text.length - uri.length).replace(/(unix:[^:]*):$/, '$1')
  if (slashed !== uri.endsWith('/')) {
    const mapped = slashed ? uri : `${uri}/`
    return slashed
      ? { prefix, mapped, other: `${uri}/`, otherPass: `${text}/`, uneven: true }
      : { prefix, mapped, other: prefix, otherPass: bare, uneven: true }
  }
  return uri === prefix ? null : { prefix, mapped: uri, other: prefix, otherPass: bare, uneven: false }
}

/** What becomes of a request, as an example: "/shop/cart" -> "/cart". */
export function rewritten(path: string, { prefix }: PathRewrite, uri: string | null): string {
  return uri === null ? path : uri + path.slice(prefix.length)
}

function isPlainPath(path: string): boolean {
  return /^\/[A-Za-z0-9_.~/-]{0,200}$/.test(path)
}

import type { Pass } from '../nginx/config-passes.ts'

/** What nginx makes of the path of a location (reference of proxy_pass: the part that matches the location is replaced by the URI). */
export interface PathRewrite {
  /** Path of the location. */
  readonly prefix: string
  /** What nginx asks for, for a request of just that prefix. */
  readonly mapped: string
  /** What it would ask for if the slash were, or were not, there. */
  readonly other: string
  /** The proxy_pass that would do that; null where the location has to change. */
  readonly otherPass: string | null
  /** The path of the location that would do that; null where it stays. */
  readonly otherPrefix: string | null
  /** One of location and URI ends in a slash and the other does not: "/api/" and "/v1" make "/v1cart" of "/api/cart". */
  readonly uneven: boolean
  /** With a variable in the address the URI is all that the backend gets, whatever was asked for. */
  readonly whole: boolean
  /** The regular expression of the location, where it has one that begins with this prefix: proxy_pass may have no URI there. */
  readonly expression?: string
}

/**
 * None for a location where nothing is rewritten that could be wrong: "/", most regular expressions. Several where more than one way
 * would mend it, the one first that more backends would not serve by chance: nearly all have something at "/".
 */
export function pathRewritesOf(pass: Pass): readonly PathRewrite[] {
  const prefix = pass.location?.path ?? '/'
  const modifier = pass.location?.modifier ?? ''
  const { uri, text } = pass
  if (pass.protocol === 'proxy' && modifier.startsWith('~')) return byExpression(pass, prefix)
  if (pass.protocol !== 'proxy' || (modifier !== '' && modifier !== '^~')) return []
  if (prefix === '/' || !isPlainPath(prefix) || (uri !== null && !isPlainPath(uri))) return []
  const slashed = prefix.endsWith('/')
  const common = { prefix, otherPrefix: null, uneven: false, whole: false }
  if (uri === null) {
    if (pass.target.kind === 'variable') return []
    // A unix socket needs a colon before its path.
    const joint = pass.target.kind === 'unix' ? ':/' : '/'
    return [{ ...common, mapped: prefix, other: '/', otherPass: slashed ? `${text}${joint}` : null }]
  }
  const bare = text.slice(0, text.length - uri.length).replace(/(unix:[^:]*):$/, '$1')
  if (pass.target.kind === 'variable')
    return uri === prefix ? [] : [{ ...common, mapped: uri, other: prefix, otherPass: bare, whole: true }]
  if (slashed && !uri.endsWith('/'))
    return [{ ...common, mapped: uri, other: `${uri}/`, otherPass: `${text}/`, uneven: true }]
  if (!slashed && uri.endsWith('/')) {
    const uneven = { ...common, mapped: `${uri}/`, uneven: true }
    return [
      { ...uneven, other: prefix, otherPass: bare },
      { ...uneven, other: uri, otherPass: null, otherPrefix: `${prefix}/` },
    ]
  }
  return uri === prefix ? [] : [{ ...common, mapped: uri, other: prefix, otherPass: bare }]
}

/** `^/[Ss]tore/` is "/Store/" or "/store/"; null for what is more than a path with such letters. */
function prefixesOf(expression: string): readonly string[] {
  const path = /^\^((?:\/(?:[A-Za-z0-9_~-]|\[[A-Za-z]{2}\])+)+\/)(?:\(?\.\*\)?\$?)?$/.exec(expression)?.[1]
  if (path === undefined) return []
  return [0, 1].map((which) => path.replace(/\[(..)\]/g, (_, letters: string) => letters[which] ?? ''))
}

function byExpression({ target, uri }: Pass, expression: string): readonly PathRewrite[] {
  if (uri !== null || target.kind === 'variable') return []
  const common = { other: '/', otherPass: null, otherPrefix: null, uneven: false, whole: false, expression }
  return [...new Set(prefixesOf(expression))].map((prefix) => ({ ...common, prefix, mapped: prefix }))
}

/** What becomes of a request, as an example: "/shop/cart" -> "/cart". */
export function rewritten(path: string, { prefix, whole }: PathRewrite, uri: string | null): string {
  return uri === null ? path : whole ? uri : uri + path.slice(prefix.length)
}

function isPlainPath(path: string): boolean {
  return /^\/[A-Za-z0-9_.~/-]{0,200}$/.test(path)
}

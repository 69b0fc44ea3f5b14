import type { ConfigModel } from './config-model.ts'
import type { Pass } from './config-passes.ts'
import { nearest, type Scope } from './config-scope.ts'
import type { Location, Server } from './config-servers.ts'

/**
 * The location that nginx takes for a path (ngx_http_core_find_location): an exact one, else the longest prefix, unless that has no
 * "^~" and a regular expression fits. `known` is false when an expression is in the way that cannot be read here as PCRE reads it.
 */
export interface Match {
  readonly location: Location | null
  readonly known: boolean
}

export function locationFor(server: Server, path: string): Match {
  return within(server.scope, null, server.locations, path)
}

/**
 * The path that stands for requests of which only the first part is known, "/search" of "/search/17": that of the prefix "/search/",
 * unless the bare "/search" has a location of its own.
 */
export function pathOfPart(server: Server, part: string | null): string {
  if (part === null) return '/'
  const has = (path: string, modifiers: readonly string[]): boolean =>
    server.locations.some((each) => each.path === path && modifiers.includes(each.modifier))
  return has(`${part}/`, ['', '^~']) && !has(part, ['=', '', '^~']) ? `${part}/` : part
}

/** The passes that a path can reach: those in its location, else those of the server when it has just one target. */
export function passesFor(model: ConfigModel, server: Server, path: string): readonly Pass[] {
  const own = model.passes.filter((pass) => pass.server === server)
  const { location, known } = locationFor(server, path)
  const here = known ? own.filter((pass) => pass.location !== null && pass.location === location) : []
  return here.length > 0 ? here : new Set(own.map((pass) => pass.text)).size === 1 ? own : []
}

function within(scope: Scope, found: Location | null, all: readonly Location[], path: string): Match {
  const here = all.filter((each) => outer(each) === scope)
  const exact = here.find((each) => each.modifier === '=' && each.path === path)
  if (exact) return { location: exact, known: true }
  const prefix = here
    .filter((each) => (each.modifier === '' || each.modifier === '^~') && path.startsWith(each.path))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  const inner: Match = prefix ? within(prefix.scope, prefix, all, path) : { location: found, known: true }
  if (prefix?.modifier === '^~') return inner
  for (const each of here.filter(({ modifier }) => modifier.startsWith('~'))) {
    const fits = fitsExpression(each, path)
    if (fits === null) return { location: null, known: false }
    if (fits) return within(each.scope, each, all, path)
  }
  return inner
}

/** The location or server around a location. */
function outer(location: Location): Scope | null {
  return nearest(location.scope.parent, 'location') ?? nearest(location.scope.parent, 'server')
}

/** null when JavaScript cannot say: an expression of PCRE's own, or one that could take for ever on a long path. */
function fitsExpression({ modifier, path: expression }: Location, path: string): boolean | null {
  if (/[+*}][^()]*\)[+*{]/.test(expression) || path.length > 200) return null
  try {
    return new RegExp(
      expression.replace(/^\(\?i\)/, ''),
      modifier === '~*' || expression.startsWith('(?i)') ? 'i' : '',
    ).test(path)
  } catch {
    return null // PCRE knows more than JavaScript.
  }
}

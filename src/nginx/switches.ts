import type { Directive } from './config-parse.ts'
import { nearest, type Scope } from './config-scope.ts'
import { isForFailures } from './error-pages.ts'
import { writtenPath } from './served-root.ts'

/** The test of an `if`: "(-f /etc/nginx/maintenance)". */
export interface Condition {
  readonly text: string
  /** The file it tests, where the configuration says which; null for another test. */
  readonly file: string | null
  /** For a file: it holds when the file is not there. */
  readonly negated: boolean
  /** The variable it tests. */
  readonly variable: string | null
  readonly at: { readonly file: string; readonly line: number }
}

/** Something in the configuration that answers 5xx by itself. */
export interface ConfiguredAnswer {
  readonly status: number
  /** "return 503;" as written. */
  readonly text: string
  readonly file: string
  readonly line: number
  /** All must hold; empty: always. */
  readonly conditions: readonly Condition[]
  /** It is said for the whole server, before a location is chosen (ngx_http_rewrite_module). */
  readonly serverWide: boolean
  /** The text that `return` sends, without variables; null for nginx's own page, and where it is not known. */
  readonly says: string | null
  /** It is said by a named location that try_files leads to. */
  readonly named?: true
}

/** The answers of 5xx that a request meets in this scope, in nginx's order: those of the server first, then those of the location. */
export function configuredAnswers(scope: Scope): readonly ConfiguredAnswer[] {
  const server = nearest(scope, 'server')
  const around = server === null || server === scope ? [scope] : [server, scope]
  return [
    ...around.flatMap((each) => answersIn(each.directives, each, [], each === server)),
    ...(server === null ? [] : namedAnswers(scope, server)),
  ]
}

/**
 * What the named location answers that a request comes to when try_files finds no file for it. Where try_files stands nothing else is asked before. One of
 * error_page is left out: which answers lead there, and how they came about, the configuration alone does not say.
 */
function namedAnswers(scope: Scope, server: Scope): readonly ConfiguredAnswer[] {
  const name = scope.directives.find((each) => each.name === 'try_files')?.args.at(-1)
  if (name?.startsWith('@') !== true) return []
  const at = server.directives.find((each) => each.name === 'location' && each.args[0] === name && each.block)
  if (!at?.block) return []
  const named = { name: at.name, args: at.args, directives: at.block, parent: server, file: at.file, line: at.line }
  return answersIn(at.block, named, [], false).map((answer) => ({ ...answer, named: true }))
}

function answersIn(
  directives: readonly Directive[],
  scope: Scope,
  conditions: readonly Condition[],
  serverWide: boolean,
): readonly ConfiguredAnswer[] {
  return directives.flatMap((directive): readonly ConfiguredAnswer[] => {
    const { name, args, block, file, line } = directive
    if (name === 'if' && block)
      return answersIn(block, scope, [...conditions, conditionOf(directive, scope)], serverWide)
    const status = statusOf(directive)
    if (status === null) return []
    const says = name === 'return' && args[1]?.includes('$') === false ? args[1] : null
    return [
      {
        status,
        text: `${name} ${args.join(' ').replaceAll(/\s+/g, ' ').trim()};`,
        says,
        file,
        line,
        conditions,
        serverWide,
      },
    ]
  })
}

/**
 * `return 503`, `error_page 404 =503 /x`, `try_files ... =503`. What an error_page makes of a 502 is no answer of the configuration's own: a
 * backend failed first.
 */
function statusOf({ name, args }: Directive): number | null {
  if (name === 'error_page' && isForFailures(args)) return null
  const text =
    name === 'return'
      ? args[0]
      : name === 'error_page'
        ? args.find((arg) => /^=5\d\d$/.test(arg))
        : name === 'try_files'
          ? args.at(-1)
          : undefined
  const code = /^=?(5\d\d)$/.exec(text ?? '')?.[1]
  return code === undefined || (name !== 'return' && !text?.startsWith('=')) ? null : Number(code)
}

/** Every `if` of a scope itself, not of the blocks below it. */
export function allConditions(scope: Scope): readonly Condition[] {
  return scope.directives.filter(({ name }) => name === 'if').map((directive) => conditionOf(directive, scope))
}

function conditionOf({ args, file, line }: Directive, scope: Scope): Condition {
  const text = args.join(' ')
  const bare = text.replace(/^\(\s*/, '').replace(/\s*\)$/, '')
  const test = /^(!?)-[fde]\s+(.+)$/.exec(bare)
  return {
    text,
    file: test ? writtenPath((test[2] ?? '').replace(/^["']|["']$/g, ''), scope) : null,
    negated: test?.[1] === '!',
    variable: /^\$(\w+)/.exec(bare)?.[1] ?? null,
    at: { file, line },
  }
}

/** A value that the configuration gives a variable: by `set`, maybe below an `if`, or as the default of a map. */
export interface Assignment {
  readonly value: string
  readonly conditions: readonly Condition[]
  readonly file: string
  readonly line: number
  readonly by: 'set' | 'map'
  /** The default of a map that has other values for some requests. */
  readonly amongOthers?: true
}

/** What stands in a map and is no value of it; an include may hold values. */
const mapParameters: ReadonlySet<string> = new Set(['default', 'hostnames', 'volatile'])

/** Where a variable gets its values in the server around a scope, in order; else the default of its map. */
export function assignmentsOf(variable: string, scope: Scope): readonly Assignment[] {
  const server = nearest(scope, 'server')
  const sets = [server, server === scope ? null : scope].flatMap((each) =>
    each === null ? [] : setsIn(each.directives, variable, each, []),
  )
  if (sets.length > 0) return sets
  const http = nearest(scope, 'http')
  const map = http?.directives.find(({ name, args }) => name === 'map' && args[1] === `$${variable}`)
  const entries = map?.block ?? []
  return entries
    .filter(({ name }) => name === 'default')
    .map(({ args, file, line }) => ({
      value: args[0] ?? '',
      conditions: [],
      file,
      line,
      by: 'map',
      ...(entries.some(({ name }) => !mapParameters.has(name)) && { amongOthers: true }),
    }))
}

function setsIn(
  directives: readonly Directive[],
  variable: string,
  scope: Scope,
  conditions: readonly Condition[],
): readonly Assignment[] {
  return directives.flatMap((directive): readonly Assignment[] => {
    const { name, args, block, file, line } = directive
    if (name === 'if' && block) return setsIn(block, variable, scope, [...conditions, conditionOf(directive, scope)])
    return name === 'set' && args[0] === `$${variable}`
      ? [{ value: args[1] ?? '', conditions, file, line, by: 'set' }]
      : []
  })
}

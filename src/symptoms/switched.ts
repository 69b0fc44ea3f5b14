import type { Fact } from '../diagnosis/fact.ts'
import { nearest, type Scope, visit } from '../nginx/config-scope.ts'
import { pathTest } from '../nginx/path-test.ts'
import { type Assignment, assignmentsOf, type Condition, type ConfiguredAnswer } from '../nginx/switches.ts'
import type { ServedPaths } from '../probes/served-paths.ts'

/** Whether the conditions of an answer hold now, and what switches it. */
export interface Switched {
  readonly state: 'on' | 'off' | 'unknown'
  /** In words: "/etc/nginx/maintenance exists". */
  readonly because: string
  /** The file that switches it, when it is one. */
  readonly path: string | null
  /** The assignment that switches it, when it is one. */
  readonly assignment: Assignment | null
}

type State = Switched['state']

/**
 * Files are looked at on the host, variables followed to where the configuration sets them; what a request decides stays unknown, but for
 * its path, where one was `asked`.
 */
export function switchedBy(
  { conditions }: ConfiguredAnswer,
  scope: Scope,
  served: Fact<ServedPaths>,
  asked: string | null = null,
): Switched {
  if (conditions.length === 0)
    return { state: 'on', because: 'it holds for every request', path: null, assignment: null }
  const all = conditions.map(
    (condition) => requestState(condition, scope, asked) ?? conditionState(condition, scope, served, 0),
  )
  const off = all.find(({ state }) => state === 'off')
  const open = all.find(({ state }) => state === 'unknown')
  return off ?? open ?? all[0] ?? { state: 'unknown', because: '', path: null, assignment: null }
}

/** A test of the path alone, where no `rewrite` has changed it. */
function requestState({ text }: Condition, scope: Scope, asked: string | null): Switched | null {
  const server = nearest(scope, 'server')
  if (asked === null || server === null || visit(server).some(({ directive }) => directive.name === 'rewrite'))
    return null
  const holds = pathTest(text, asked)
  if (holds === null) return null
  return {
    state: holds ? 'on' : 'off',
    because: `${asked} ${holds ? 'meets' : 'does not meet'} if ${text}`,
    path: null,
    assignment: null,
  }
}

function conditionState(condition: Condition, scope: Scope, served: Fact<ServedPaths>, depth: number): Switched {
  if (condition.file !== null) return fileState(condition.file, condition, served)
  if (condition.variable !== null && depth < 3)
    return variableState(condition, condition.variable, scope, served, depth)
  return {
    state: 'unknown',
    because: `whether ${condition.text} holds is decided by each request`,
    path: null,
    assignment: null,
  }
}

function fileState(path: string, { negated }: Condition, served: Fact<ServedPaths>): Switched {
  const seen = served.known ? served.value.paths.find((each) => each.path === path) : undefined
  if (!seen || seen.hidden !== null)
    return { state: 'unknown', because: `whether ${path} exists was not seen`, path, assignment: null }
  const exists = seen.missing === null
  return {
    state: exists === negated ? 'off' : 'on',
    because: exists ? `${path} exists` : `${path} does not exist`,
    path,
    assignment: null,
  }
}

function variableState(
  { text }: Condition,
  variable: string,
  scope: Scope,
  served: Fact<ServedPaths>,
  depth: number,
): Switched {
  const steps = assignmentsOf(variable, scope).map((each) => ({
    each,
    states: each.conditions.map((inner) => conditionState(inner, scope, served, depth + 1)),
  }))
  const certain = steps.filter(
    ({ each, states }) => allOf(states.map((inner) => inner.state)) === 'on' && !each.value.includes('$'),
  )
  const last = certain.at(-1)
  const holds = last === undefined ? null : test(text, variable, last.each.value)
  const doubtful = steps.filter(({ states }) => allOf(states.map((inner) => inner.state)) === 'unknown')
  // Exceptions for some clients, `if ($remote_addr = ...) { set $maintenance 0; }`, do not switch it off for the others.
  if (last !== undefined && holds === true) {
    const by = last.states.find((inner) => inner.path !== null)
    return {
      state: last.each.by === 'set' ? 'on' : 'unknown',
      because: by?.because ?? `$${variable} is "${last.each.value}" (${last.each.file}:${last.each.line})`,
      path: by?.path ?? null,
      assignment: by ? null : last.each,
    }
  }
  const files = steps.flatMap(({ states }) => states.filter((inner) => inner.path !== null))
  // A map may give this very request another value than its default: by the time of day, the address, a cookie.
  const varies = steps.some(({ each }) => each.amongOthers === true)
  if (
    steps.length > 0 &&
    !varies &&
    doubtful.length === 0 &&
    (holds === false || files.some((inner) => inner.state === 'off'))
  )
    return {
      state: 'off',
      because: files[0]?.because ?? `$${variable} is off`,
      path: files[0]?.path ?? null,
      assignment: null,
    }
  return {
    state: 'unknown',
    because: files[0]?.because ?? `what $${variable} is, is decided by each request`,
    path: null,
    assignment: null,
  }
}

function allOf(states: readonly State[]): State {
  if (states.includes('off')) return 'off'
  return states.includes('unknown') ? 'unknown' : 'on'
}

/** "($maintenance)", "($maintenance = 1)", '($maintenance != "0")'; null for an expression. */
function test(text: string, variable: string, value: string): boolean | null {
  const rest = text
    .replace(/^\(\s*/, '')
    .replace(/\s*\)$/, '')
    .slice(variable.length + 1)
    .trim()
  if (rest === '') return value !== '' && value !== '0'
  const compared = /^(=|!=)\s*["']?([^"']*)["']?$/.exec(rest)
  return compared ? (compared[1] === '=') === (value === compared[2]) : null
}

import type { Config } from './config-parse.ts'
import { readPass, type Pass } from './config-passes.ts'
import { mainScope, nearest, visit, type Scope } from './config-scope.ts'
import type { Upstream } from './config-upstreams.ts'

/** A text that a variable can have, and where it is written. */
interface Value {
  readonly text: string
  readonly file: string
  readonly line: number
}

/** A *_pass with a variable, as it reads with one of the variable's values. `file` and `line` are where that value is written. */
export interface WrittenOut {
  readonly pass: Pass
  readonly file: string
  readonly line: number
}

/** Variables that begin with a slash: what stands before them is the whole address. */
const PATHS = /\$\{?(?:request_uri|uri|document_uri)\}?.*$/su

/** A variable whose value is another variable is followed so many times. */
const MOST_STEPS = 3

/**
 * The addresses that a *_pass with a variable can mean, as far as the files tell: `set $backend app:8080` of the same server, or the
 * values of a `map` or `split_clients`; $host is one of the names that the server is asked for by. Any other value that a request chooses
 * (an argument, a capture) is not known, and left out.
 */
export function writtenOut(pass: Pass, config: Config, upstreams: readonly Upstream[]): readonly WrittenOut[] {
  if (pass.target.kind !== 'variable') return []
  const start: Value = { text: pass.text.replace(PATHS, ''), file: pass.file, line: pass.line }
  return expand(start, pass, config, MOST_STEPS).flatMap(({ text, file, line }) => {
    const read = readPass(text, pass.protocol, upstreams)
    return read.target.kind === 'variable' ? [] : [{ pass: { ...pass, ...read, text: pass.text }, file, line }]
  })
}

function expand(value: Value, pass: Pass, config: Config, steps: number): readonly Value[] {
  const found = /\$\{?(?<name>\w+)\}?/.exec(value.text)
  if (!found) return [value]
  if (steps === 0) return []
  return valuesOf(found.groups?.['name'] ?? '', pass, config).flatMap((each) =>
    expand({ ...each, text: value.text.replace(found[0], () => each.text) }, pass, config, steps - 1),
  )
}

/** `set` counts where it stands in the pass's own server, in whatever `if` or location around the pass; maps count everywhere. */
function valuesOf(name: string, pass: Pass, config: Config): readonly Value[] {
  const server = nearest(pass.scope, 'server')
  const set = server === null ? [] : setsIn(server, name, pass.scope)
  if (set.length > 0) return set
  const hosts = hostNames(name, pass)
  return hosts.length > 0 ? hosts : mapped(name, config)
}

/** Names that stand for one host each: no pattern, no catch-all. */
const PLAIN_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+$/

function hostNames(name: string, { server, file, line }: Pass): readonly Value[] {
  if (name !== 'host' && name !== 'http_host' && name !== 'server_name') return []
  const names = (server?.names ?? []).filter((each) => PLAIN_NAME.test(each))
  return (name === 'server_name' ? names.slice(0, 1) : names).map((text) => ({ text, file, line }))
}

function setsIn(server: Scope, name: string, at: Scope): readonly Value[] {
  const around = new Set<string>()
  for (let scope: Scope | null = at; scope !== null; scope = scope.parent) around.add(placeOf(scope))
  return visit(server).flatMap(({ directive, scope }) => {
    if (directive.name !== 'set' || directive.args[0] !== `$${name}`) return []
    const within =
      around.has(placeOf(scope)) || (scope.name === 'if' && scope.parent !== null && around.has(placeOf(scope.parent)))
    return within ? [{ text: directive.args[1] ?? '', file: directive.file, line: directive.line }] : []
  })
}

/** Scopes are made anew by each visit: a block is the same when it begins at the same place. */
function placeOf(scope: Scope): string {
  return `${scope.name} ${scope.file}:${scope.line}`
}

/** Asked once for each *_pass: the maps of a configuration are gathered when first asked. */
const gathered = new WeakMap<Config, ReadonlyMap<string, readonly Value[]>>()

function mapped(name: string, config: Config): readonly Value[] {
  const known = gathered.get(config) ?? mapsOf(config)
  gathered.set(config, known)
  return known.get(name) ?? []
}

/** Values of "map $x $name { default a; b c; }", geo and split_clients; special parameters are no values. */
function mapsOf(config: Config): ReadonlyMap<string, readonly Value[]> {
  const found = new Map<string, readonly Value[]>()
  for (const { directive } of visit(mainScope(config))) {
    if (!['map', 'geo', 'split_clients'].includes(directive.name)) continue
    const values = (directive.block ?? [])
      .filter((entry) => !['include', 'hostnames', 'volatile', 'ranges', 'proxy', 'delete'].includes(entry.name))
      .flatMap(({ args, file, line }) => (args[0] === undefined ? [] : [{ text: args[0], file, line }]))
    found.set((directive.args.at(-1) ?? '').replace(/^\$/, ''), values)
  }
  return found
}

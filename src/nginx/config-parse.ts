import { tokensOf, TOKEN_BUDGET, type ConfigError, type Token } from './config-tokens.ts'
import { includedFiles, isPattern } from './include-glob.ts'

/** One directive where it is written. An `include` stays in the list, followed by what the included files hold. */
export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  readonly file: string
  /** Line of the directive's name, from 1. */
  readonly line: number
  /** Present for a block, also for an empty one. */
  readonly block?: readonly Directive[]
  /** Text of a `*_by_lua_block`. */
  readonly lua?: string
}

export interface Config {
  /** Path of the main file. */
  readonly main: string
  readonly directives: readonly Directive[]
  /** Every file that was read, in the order of inclusion. */
  readonly files: readonly string[]
  readonly errors: readonly ConfigError[]
}

const MAX_DEPTH = 64
const MAX_INCLUDES = 5_000
const MAX_ERRORS = 100

interface Reading {
  readonly files: ReadonlyMap<string, string>
  readonly names: readonly string[]
  readonly main: string
  readonly errors: ConfigError[]
  readonly seen: Set<string>
  tokens: number
  includes: number
}

/** Reads a configuration from its files. Never throws: mistakes are in `errors` with file and line, and what could be read is there. */
export function parseConfig(files: ReadonlyMap<string, string>, main: string): Config {
  const reading: Reading = {
    files,
    names: [...files.keys()],
    main,
    errors: [],
    seen: new Set(),
    tokens: 0,
    includes: 0,
  }
  const directives = readFile(reading, main, [])
  return { main, directives, files: [...reading.seen], errors: reading.errors.slice(0, MAX_ERRORS) }
}

function readFile(reading: Reading, file: string, open: readonly string[]): readonly Directive[] {
  const text = reading.files.get(file)
  if (text === undefined) {
    reading.errors.push({ file, line: 1, reason: 'the file is not in the capture' })
    return []
  }
  reading.seen.add(file)
  const { tokens, error } = tokensOf(text, file, TOKEN_BUDGET - reading.tokens)
  reading.tokens += tokens.length
  if (error !== null) reading.errors.push(error)
  const cursor: Cursor = { tokens, at: 0, file, open: [...open, file] }
  const directives = readBlock(reading, cursor, 0, null)
  return directives
}

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  readonly file: string
  /** Files whose reading is under way, the outermost first: an include of one of them is a cycle. */
  readonly open: readonly string[]
}

function readBlock(reading: Reading, cursor: Cursor, depth: number, opener: Token | null): readonly Directive[] {
  const found: Directive[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined) {
      if (opener !== null) fail(reading, cursor, opener.line, 'this block has no closing "}"')
      return found
    }
    if (token.type === 'close') {
      cursor.at += 1
      if (opener !== null) return found
      fail(reading, cursor, token.line, 'unexpected "}"')
    } else if (token.type === 'word') {
      const directive = readDirective(reading, cursor, depth)
      if (directive === null) continue
      found.push(directive)
      if (directive.name === 'include' && directive.block === undefined)
        found.push(...include(reading, cursor, directive))
    } else {
      fail(reading, cursor, token.line, `unexpected "${token.text.slice(0, 1)}"`)
      cursor.at += 1
      if (token.type === 'open') skipBlock(cursor)
    }
  }
}

function readDirective(reading: Reading, cursor: Cursor, depth: number): Directive | null {
  const words: Token[] = []
  let next = cursor.tokens[cursor.at]
  while (next?.type === 'word') {
    words.push(next)
    cursor.at += 1
    next = cursor.tokens[cursor.at]
  }
  const [name, ...args] = words
  if (name === undefined) return null
  const directive = { name: name.text, args: args.map((arg) => arg.text), file: cursor.file, line: name.line }
  if (next?.type === 'end') {
    cursor.at += 1
    const swallowed = swallowedLine(words)
    if (swallowed !== null) fail(reading, cursor, swallowed, `"${name.text}" seems to lack its ";" here`)
    return directive
  }
  if (next?.type !== 'open') {
    fail(reading, cursor, words.at(-1)?.line ?? name.line, `directive "${name.text}" is not terminated by ";"`)
    return directive
  }
  return readBody(reading, cursor, directive, next, depth)
}

function readBody(reading: Reading, cursor: Cursor, directive: Directive, open: Token, depth: number): Directive {
  cursor.at += 1
  const lua = cursor.tokens[cursor.at]
  if (lua?.type === 'lua') {
    cursor.at += 2
    return { ...directive, lua: lua.text }
  }
  if (depth < MAX_DEPTH) return { ...directive, block: readBlock(reading, cursor, depth + 1, open) }
  fail(reading, cursor, open.line, 'blocks are nested too deeply')
  skipBlock(cursor)
  return { ...directive, block: [] }
}

/** Directives that take one value: a second word on a later line that is itself followed by a value means a forgotten ";". */
const ONE_VALUE =
  /_pass$|_timeout$|^(?:root|include|listen_backlog|worker_connections|worker_processes|pid|keepalive|client_max_body_size)$/

function swallowedLine(words: readonly Token[]): number | null {
  const [name, value, third] = words
  if (name === undefined || value === undefined || third === undefined || !ONE_VALUE.test(name.text)) return null
  return third.line > value.line && !third.quoted ? value.line : null
}

function include(reading: Reading, cursor: Cursor, directive: Directive): readonly Directive[] {
  const pattern = directive.args[0]
  if (pattern === undefined) return []
  const files = includedFiles(pattern, reading.main, reading.names)
  if (files.length === 0 && !isPattern(pattern)) {
    fail(reading, cursor, directive.line, `included file "${pattern}" is not in the capture`)
  }
  return files.flatMap((file) => {
    reading.includes += 1
    const refused = cursor.open.includes(file)
      ? 'includes itself'
      : reading.includes > MAX_INCLUDES || cursor.open.length > MAX_DEPTH
        ? 'too many includes'
        : null
    if (refused === null) return readFile(reading, file, cursor.open)
    fail(reading, cursor, directive.line, `"${file}": ${refused}`)
    return []
  })
}

function skipBlock(cursor: Cursor): void {
  for (let depth = 1; depth > 0 && cursor.at < cursor.tokens.length; cursor.at += 1) {
    const type = cursor.tokens[cursor.at]?.type
    if (type === 'open') depth += 1
    if (type === 'close') depth -= 1
  }
}

function fail(reading: Reading, cursor: Cursor, line: number, reason: string): void {
  if (reading.errors.length < MAX_ERRORS) reading.errors.push({ file: cursor.file, line, reason })
}

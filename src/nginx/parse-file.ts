import { tokensOf, type ConfigError, type Token } from './config-tokens.ts'

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

interface ParsedFile {
  readonly directives: readonly Directive[]
  readonly errors: readonly ConfigError[]
}

const MAX_DEPTH = 64

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  readonly file: string
  readonly errors: ConfigError[]
}

/** Reads one file by itself; an `include` stays a directive like any other. Never throws: what could be read is there. */
export function parseFile(text: string, file: string): ParsedFile {
  const { tokens, error } = tokensOf(text, file)
  const cursor: Cursor = { tokens, at: 0, file, errors: error === null ? [] : [error] }
  return { directives: readBlock(cursor, 0, null), errors: cursor.errors }
}

function readBlock(cursor: Cursor, depth: number, opener: Token | null): readonly Directive[] {
  const found: Directive[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined) {
      if (opener !== null) fail(cursor, opener.line, 'this block has no closing "}"')
      return found
    }
    if (token.type === 'word') {
      found.push(readDirective(cursor, token, depth))
      continue
    }
    cursor.at += 1
    if (token.type === 'close' && opener !== null) return found
    fail(cursor, token.line, `unexpected "${token.text.slice(0, 1)}"`)
    if (token.type === 'open') skipBlock(cursor)
  }
}

function readDirective(cursor: Cursor, name: Token, depth: number): Directive {
  const words: Token[] = []
  let next = cursor.tokens[cursor.at]
  while (next?.type === 'word') {
    words.push(next)
    cursor.at += 1
    next = cursor.tokens[cursor.at]
  }
  const directive = {
    name: name.text,
    args: words.slice(1).map(({ text }) => text),
    file: cursor.file,
    line: name.line,
  }
  if (next?.type === 'end') {
    cursor.at += 1
    const swallowed = swallowedLine(words)
    if (swallowed !== null) fail(cursor, swallowed, `"${name.text}" seems to lack its ";" here`)
    return directive
  }
  if (next?.type !== 'open') {
    fail(cursor, words.at(-1)?.line ?? name.line, `directive "${name.text}" is not terminated by ";"`)
    return directive
  }
  return readBody(cursor, directive, next, depth)
}

function readBody(cursor: Cursor, directive: Directive, open: Token, depth: number): Directive {
  cursor.at += 1
  const lua = cursor.tokens[cursor.at]
  if (lua?.type === 'lua') {
    cursor.at += 2
    return { ...directive, lua: lua.text }
  }
  if (depth < MAX_DEPTH) return { ...directive, block: readBlock(cursor, depth + 1, open) }
  fail(cursor, open.line, 'blocks are nested too deeply')
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

function skipBlock(cursor: Cursor): void {
  for (let depth = 1; depth > 0 && cursor.at < cursor.tokens.length; cursor.at += 1) {
    const type = cursor.tokens[cursor.at]?.type
    if (type === 'open') depth += 1
    if (type === 'close') depth -= 1
  }
}

function fail(cursor: Cursor, line: number, reason: string): void {
  if (cursor.errors.length < 100) cursor.errors.push({ file: cursor.file, line, reason })
}

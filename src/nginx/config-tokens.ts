import { endOfLuaBlock } from './lua-block.ts'

/** A piece of configuration text and where it stands. `quoted` words never end a directive and never open a block. */
export interface Token {
  readonly type: 'word' | 'end' | 'open' | 'close' | 'lua'
  readonly text: string
  readonly quoted: boolean
  readonly line: number
}

/** What is wrong with a configuration, where: nginx's own wording is told by `nginx -t`, this is for captures without it. */
export interface ConfigError {
  readonly file: string
  readonly line: number
  readonly reason: string
}

export interface Tokens {
  readonly tokens: readonly Token[]
  readonly error: ConfigError | null
}

export const TOKEN_BUDGET = 400_000
const BYTE_BUDGET = 16_000_000

/**
 * Cuts one file into words, ";", "{", "}" as ngx_conf_read_token does (src/core/ngx_conf_file.c): quotes only at the start of a
 * word, "${" does not open a block, "#" starts a comment only where a word could start. `*_by_lua_block` (OpenResty) keeps its
 * Lua text as one token. Never throws: a file that breaks off gives what came before and the error.
 */
export function tokensOf(text: string, file: string, budget: number = TOKEN_BUDGET): Tokens {
  const tokens: Token[] = []
  const marked = text.startsWith('\uFEFF')
  let at = marked ? 1 : 0
  let line = 1
  const fail = (reason: string): Tokens => ({ tokens, error: { file, line, reason } })
  if (text.length > BYTE_BUDGET) return fail('the file is larger than 16 MB')

  while (at < text.length) {
    if (tokens.length >= budget) return fail('too many words')
    const char = text.charAt(at)
    if (char === '\n') line += 1
    if (isSpace(char)) {
      at += 1
    } else if (char === '#') {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end
    } else if (char === ';' || char === '}') {
      tokens.push({ type: char === ';' ? 'end' : 'close', text: char, quoted: false, line })
      at += 1
    } else if (char === '{') {
      tokens.push({ type: 'open', text: char, quoted: false, line })
      at += 1
      if (!opensLua(tokens)) continue
      const end = endOfLuaBlock(text, at)
      if (end === -1) return fail('a Lua block has no closing "}"')
      tokens.push({ type: 'lua', text: text.slice(at, end), quoted: true, line })
      line += newlines(text, at, end)
      at = end
    } else {
      const word = char === '"' || char === "'" ? quotedWord(text, at, char) : plainWord(text, at)
      if (word === null) return fail(`a ${char} is not closed`)
      tokens.push({ type: 'word', text: word.text, quoted: char === '"' || char === "'", line })
      line += newlines(text, at, word.end)
      at = word.end
      const quoted = char === '"' || char === "'"
      if (quoted && !/^[\s;{)]?$/.test(text.charAt(at)))
        return fail(`unexpected "${text.charAt(at)}" behind a quoted word`)
    }
  }
  const reason = 'the file begins with a byte order mark, which nginx takes for part of the first directive'
  return { tokens, error: marked ? { file, line: 1, reason } : null }
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n'
}

function opensLua(tokens: readonly Token[]): boolean {
  for (let at = tokens.length - 2; at >= 0; at -= 1) {
    const token = tokens[at]
    if (token === undefined || token.type !== 'word') return false
    const before = tokens[at - 1]
    if (before === undefined || before.type !== 'word') return token.text.endsWith('_by_lua_block')
  }
  return false
}

interface Word {
  readonly text: string
  readonly end: number
}

function quotedWord(text: string, start: number, quote: string): Word | null {
  let from = start + 1
  for (;;) {
    const close = text.indexOf(quote, from)
    if (close === -1) return null
    if (!isEscaped(text, close, start)) return { text: unescape(text.slice(start + 1, close)), end: close + 1 }
    from = close + 1
  }
}

function isEscaped(text: string, at: number, start: number): boolean {
  let slashes = 0
  while (at - slashes - 1 > start && text.charAt(at - slashes - 1) === '\\') slashes += 1
  return slashes % 2 === 1
}

function plainWord(text: string, start: number): Word {
  let at = start
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '\\') at += 2
    else if (char === '$' && text.charAt(at + 1) === '{') at += 2
    else if (isSpace(char) || char === ';' || char === '{') break
    else at += 1
  }
  const end = Math.min(at, text.length)
  return { text: unescape(text.slice(start, end)), end }
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' }

/** nginx takes the backslash off these only; in others, as in regular expressions, it stays. */
function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\([trn"'\\])/g, (_, char: string) => ESCAPES[char] ?? char) : text
}

function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 10) count += 1
  return count
}

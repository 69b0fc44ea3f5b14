/**
 * Index of the "}" that closes a Lua block whose text starts at `start`; -1 when it is never closed. Braces in Lua strings,
 * long brackets and comments do not count (Lua 5.1 manual, 2.1 Lexical Conventions).
 */
export function endOfLuaBlock(text: string, start: number): number {
  let depth = 1
  let at = start
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '{') depth += 1
    if (char === '}') depth -= 1
    if (depth === 0) return at
    at = nextLua(text, at, char)
    if (at === -1) return -1
  }
  return -1
}

function nextLua(text: string, at: number, char: string): number {
  if (char === '"' || char === "'") return afterString(text, at, char)
  if (char === '[') return afterLongBracket(text, at) ?? at + 1
  if (char === '-' && text.charAt(at + 1) === '-') {
    const long = text.charAt(at + 2) === '[' ? afterLongBracket(text, at + 2) : null
    if (long !== null) return long
    const end = text.indexOf('\n', at)
    return end === -1 ? text.length : end
  }
  return at + 1
}

/** A short string ends at its quote, or at the end of the line when someone forgot it. */
function afterString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '\\') at += 1
    else if (char === quote || char === '\n') return at + 1
  }
  return -1
}

/** Behind "[[ ... ]]" or "[==[ ... ]==]"; null when no long bracket opens here, -1 when it is not closed. */
function afterLongBracket(text: string, start: number): number | null {
  let level = 0
  while (text.charAt(start + 1 + level) === '=') level += 1
  if (text.charAt(start + 1 + level) !== '[') return null
  const close = `]${'='.repeat(level)}]`
  const end = text.indexOf(close, start + 2 + level)
  return end === -1 ? -1 : end + close.length
}

import { placeholderAt } from './placeholder.ts'

/** From `start` up to, not including, `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** End of the line that `at` is in. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

const opening = /\\*["'`]/y

/** A quote, with the backslashes in front of it when the whole text is quoted once more, that begins at `at`; "" when none does. */
export function quoteAt(text: string, at: number): string {
  opening.lastIndex = at
  return opening.exec(text)?.[0] ?? ''
}

/** Where the text opened by `quote` ends on this line; a quote that never closes ends with the line. */
export function quotedEnd(text: string, start: number, quote: string): number {
  const end = lineEnd(text, start)
  for (let at = start; at < end; at += 1) {
    if (text.startsWith(quote, at)) return at
    if (text[at] === '\\') at += 1
  }
  return end
}

/** How the text around a value is written, which decides where an unquoted value ends. */
export type Writing = 'query' | 'encoded-query' | 'plain'

/**
 * Unquoted values. Marks that may end a list, a clause or a directive end the value only where the next character shows that
 * they do so here: passwords hold commas and semicolons too.
 */
const ends = String.raw`[,;)}\]'](?![\s,;)}\]"'<]|$|\w+=)`
const patterns: Readonly<Record<Writing, RegExp>> = {
  plain: new RegExp(String.raw`(?:[^\s"'\x60&,;)}\]\\]|\\[^\n"'\x60]|&(?!\w+=)|${ends})+`, 'y'),
  query: new RegExp(String.raw`(?:[^\s"'\x60<>&#,;|)}\]\\]|${ends})+`, 'y'),
  'encoded-query': new RegExp(
    String.raw`(?:%(?!(?:25)*(?:26|23))|[^\s%"'\x60<>&#,;|)}\]\\]|[,;)}\]'](?![\s,;)}\]"'<]|$))+`,
    'iy',
  ),
}

/** The value that begins at `start`, quotes left out; empty when a placeholder stands there already. */
export function valueAt(text: string, start: number, writing: Writing): Span {
  const quote = quoteAt(text, start)
  if (quote !== '' && writing === 'plain') {
    const inner = start + quote.length
    return { start: inner, end: quotedEnd(text, inner, quote) }
  }
  if (placeholderAt(text, start) > 0) return { start, end: start }
  const pattern = patterns[writing]
  pattern.lastIndex = start
  return { start, end: start + (pattern.exec(text)?.[0].length ?? 0) }
}

/**
 * The beginnings of a sentence that can stand alone, longest first: up to a semicolon, colon, comma or bracket. Marks inside
 * brackets do not count, and nothing is cut before a "but", which would turn its meaning around. "a stops since 03:04 (4 s);
 * b fails" gives itself and what ends with "(4 s)" and with "03:04".
 */
export function clauses(text: string): readonly string[] {
  const ends: number[] = []
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index)
    const next = text.slice(index + 1, index + 5)
    if (depth === 0 && letter === ' ' && next.startsWith('(')) ends.push(index)
    if (letter === '(') depth += 1
    if (letter === ')') depth = Math.max(0, depth - 1)
    if (depth === 0 && /[;,:]/.test(letter) && next.startsWith(' ') && next !== ' but') ends.push(index)
  }
  return [text, ...ends.toReversed().map((end) => text.slice(0, end))]
}

/** Without a remark in brackets at its end. */
export function withoutRemark(text: string): string {
  return text.replace(/ \([^()]*\)$/, '')
}

/** Cuts behind the last word that fits, and shows the cut. */
export function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = text.slice(0, Math.max(1, longest - 1))
  const space = cut.lastIndexOf(' ')
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[,;:\s]+$/, '')}…`
}

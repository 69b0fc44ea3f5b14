/** The known word with the fewest edits (Levenshtein), or null when none is near enough to be a slip of the pen. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const plain = word.toLowerCase().replaceAll(/[-_ ]/g, '')
  let best: { readonly word: string; readonly edits: number } | null = null
  for (const candidate of known) {
    const edits = editsBetween(plain, candidate.toLowerCase())
    if (!best || edits < best.edits) best = { word: candidate, edits }
  }
  return best && best.edits <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : null
}

function editsBetween(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const swap = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[to.length] ?? 0
}

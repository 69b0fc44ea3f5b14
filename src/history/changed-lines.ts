import { diffArrays } from 'diff'

const longestLine = 160

/** What changed between two texts, line by line in words: "line 12 was `...`, is `...`". Line numbers are those of the new text. */
export function changedLines(was: readonly string[], is: readonly string[]): readonly string[] {
  const changes: string[] = []
  let line = 1
  const parts = diffArrays(was.map(bare), is.map(bare), { maxEditLength: 2000 })
  if (parts === undefined) return ['most of its lines changed']
  for (const [index, { added, removed, value }] of parts.entries()) {
    const next = parts[index + 1]
    if (removed) {
      const instead = next?.added === true ? next.value : []
      changes.push(...replaced(value, instead, line))
    } else if (added) {
      if (parts[index - 1]?.removed !== true) changes.push(...replaced([], value, line))
      line += value.length
    } else line += value.length
  }
  return changes
}

/** Indentation says nothing to nginx. */
function bare(line: string): string {
  return line.trim()
}

function replaced(was: readonly string[], is: readonly string[], from: number): readonly string[] {
  const count = Math.max(was.length, is.length)
  return Array.from({ length: count }, (_, index) => ({
    before: was[index],
    now: is[index],
    line: from + index,
  })).flatMap(({ before, now, line }) => {
    if (now === undefined) return blank(before) ? [] : [`gone before line ${from + is.length}: ${quoted(before)}`]
    if (before === undefined) return blank(now) ? [] : [`line ${line} is new: ${quoted(now)}`]
    return [`line ${line} was ${quoted(before)}, is ${quoted(now)}`]
  })
}

function blank(line: string | undefined): boolean {
  return line === undefined || line === ''
}

function quoted(text = ''): string {
  return `"${text.length > longestLine ? `${text.slice(0, longestLine - 1)}…` : text}"`
}

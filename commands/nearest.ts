/**
 * The names closest to what was typed, best first. A name counts as near when at most a third of its letters (at least two)
 * have to change, or when it starts with what was typed; names much further off than the best one are left out.
 */
export function nearest(typed: string, names: readonly string[], limit = 3): readonly string[] {
  const wanted = typed.toLowerCase().slice(0, 80)
  const near = names
    .map((name) => ({ name, distance: closeness(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
  const best = near[0]?.distance ?? 0
  return near
    .filter(({ distance }) => distance <= best + 2)
    .slice(0, limit)
    .map(({ name }) => name)
}

function closeness(typed: string, name: string): number {
  if (typed.length >= 3 && name.startsWith(typed)) return 1
  return editDistance(typed, name)
}

/** Optimal string alignment distance: insert, delete, replace and swap of neighbours cost one each. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const replace = at(last, column - 1) + (same ? 0 : 1)
      const swap = swapped ? at(beforeLast, column - 2) + 1 : Infinity
      current.push(Math.min(replace, swap, at(last, column) + 1, at(current, column - 1) + 1))
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

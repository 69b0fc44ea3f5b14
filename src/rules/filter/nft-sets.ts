/**
 * The named sets of each table, by its first line, as they would stand in a rule: "{ 192.0.2.17, 10.0.0.0/8 }". Only those whose elements
 * are listed to the end and are bare values; of any other nobody can tell here what is in it.
 */
export function listedSets(lines: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  const text = lines.map((line) => line.trim()).join('\n')
  for (const part of text.split(/^(?=table )/m)) {
    const sets = new Map<string, string>()
    for (const [, name = '', elements = ''] of part.matchAll(
      /^set (\S+) \{\n(?:(?!\}$)[^\n]*\n)*?elements = \{([^{}]*)\}\n\}/gm,
    )) {
      const values = elements.split(',').map((each) => each.trim())
      if (values.every((each) => /^[0-9a-fA-F.:/]{1,60}$/.test(each))) sets.set(name, `{ ${values.join(', ')} }`)
    }
    found.set(part.slice(0, part.indexOf('\n')), sets)
  }
  return found
}

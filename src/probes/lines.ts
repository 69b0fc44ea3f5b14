/** Reads `key rest of line` output; keys repeat. */
export function keyedLines(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ')
    if (space < 1) continue
    const values = lines.get(line.slice(0, space)) ?? []
    values.push(line.slice(space + 1).trim())
    lines.set(line.slice(0, space), values)
  }
  return lines
}

/** A part of a capture that starts with a line `@name rest`; the body runs to the next such line. */
export interface Section {
  readonly name: string
  readonly rest: string
  readonly body: readonly string[]
}

/** Splits output at lines that start with `@` and one of the given names; text of the host that only looks so with another name stays body. */
export function sections(text: string, names: readonly string[]): readonly Section[] {
  const found: { name: string; rest: string; body: string[] }[] = []
  for (const line of text.split('\n')) {
    const mark = /^@([a-z-]+)(?: (.*))?$/.exec(line)
    if (mark?.[1] && names.includes(mark[1])) found.push({ name: mark[1], rest: mark[2] ?? '', body: [] })
    else found.at(-1)?.body.push(line)
  }
  return found
}

/** Reads systemd's `Key=Value` lines; blank lines and anything else are passed over. */
export function properties(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const line of lines) {
    const equals = line.indexOf('=')
    if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1))
  }
  return values
}

/** What travelled of an answer, without a last line that was cut in two. */
export function wholeLines(capture: { readonly stdout: string; readonly truncated: boolean }): string {
  return capture.truncated ? capture.stdout.slice(0, capture.stdout.lastIndexOf('\n') + 1) : capture.stdout
}

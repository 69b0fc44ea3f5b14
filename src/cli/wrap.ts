/**
 * Breaks a line at spaces to fit `width` columns. It begins with `first`, every further line with `indent`. A word that is longer than
 * a line is left whole: a path that was cut cannot be copied.
 */
export function wrap(text: string, width: number, indent: string, first = ''): string {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(/ +/)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = `${indent}${word}`
    } else {
      line = empty ? `${line}${word}` : `${line} ${word}`
    }
    empty = false
  }
  return [...lines, line].join('\n')
}

/** Text of several lines under an indent, each wrapped; what a line is indented by itself stays. */
export function block(text: string, width: number, indent: string, hanging = indent): string {
  return text
    .split('\n')
    .map((line) => {
      const own = /^ */.exec(line)?.[0] ?? ''
      return wrap(line.slice(own.length), width, `${hanging}${own}`, `${indent}${own}`)
    })
    .join('\n')
}

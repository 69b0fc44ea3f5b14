/** Escape sequences of terminals (ECMA-48), also in their 8-bit form: CSI, OSC up to its end, and two-character ones. */
const escape =
  '(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]|(?:\\u001B\\]|\\u009D)[^\\u0007\\u001B\\n]*(?:\\u0007|\\u001B\\\\)?|\\u001B[ -/]*[0-~]'
const sequences = new RegExp(escape, 'g')
/** What moves a cursor, rings, hides or turns text around: controls but for the line end, bidi and zero-width marks. */
const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Text from a host as a terminal may show it: it can neither move the cursor nor hide or reorder what stands beside it. */
export function inert(text: string): string {
  return text.replaceAll('\t', '    ').replace(sequences, '').replace(invisible, '')
}

/** The same on one line. */
export function inertLine(text: string): string {
  return inert(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

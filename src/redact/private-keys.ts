import { placeholder } from './placeholder.ts'

const begin = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g
/** A line of the body: base64, a header of an encrypted key, nothing, or what an earlier pass left. */
const body =
  /^[ \t]*(?:[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Version|Comment): [^\n]*|<redacted:private-key>)?[ \t\r]*$/
const longest = 400

/**
 * Private keys in PEM form, also cut ones. Each line of the body becomes a placeholder, so that the text keeps its line numbers;
 * a key written on one line (`\n` in a JSON string) becomes a single one.
 */
export function redactPrivateKeys(text: string): string {
  const parts: string[] = []
  let done = 0
  begin.lastIndex = 0
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const from = begin.lastIndex
    parts.push(text.slice(done, from))
    const to = from + bodyLength(text, from)
    parts.push(hide(text.slice(from, to)))
    done = to
    begin.lastIndex = to
  }
  parts.push(text.slice(done))
  return parts.join('')
}

function bodyLength(text: string, from: number): number {
  let at = from
  for (let lines = 0; lines < longest; lines += 1) {
    const newline = text.indexOf('\n', at)
    const stop = newline === -1 ? text.length : newline
    const dashes = text.indexOf('-----', at)
    if (dashes !== -1 && dashes < stop) return dashes - from
    // On the line of BEGIN itself stands the rest of a key written on one line, cut before its END.
    if (at !== from && !body.test(text.slice(at, stop))) return at - from
    if (newline === -1) return stop - from
    at = newline + 1
  }
  return at - from
}

function hide(key: string): string {
  return key
    .split('\n')
    .map((line) =>
      /[A-Za-z0-9+/]{2}/.test(line) ? `${/^[ \t]*/.exec(line)?.[0] ?? ''}${placeholder('private-key')}` : line,
    )
    .join('\n')
}

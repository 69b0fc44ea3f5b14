import { placeholder } from './placeholder.ts'

const begin = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g
/** A line of the body: base64, a header of an encrypted key, nothing, or what an earlier pass left. */
const body =
  /^[ \t]*(?:[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Version|Comment): [^\n]*|<redacted:private-key>)?[ \t\r]*$/
/**
 * What journald, syslog, docker and CRI put before each line of a key that a program printed. Behind it only what cannot be a word
 * is taken for a body.
 */
const shipped =
  /^[^\n]{1,160}?(?:\[\d{1,10}\]: |: |\| |std(?:out|err) [FP] )(?=[ \t]*(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{1,75}={1,2}|<redacted:private-key>)[ \t\r]*$)/
/** Such a prefix with nothing behind it: the line of END. */
const marked = /^[^\n]{1,160}(?:\[\d{1,10}\]: |: |\| |std(?:out|err) [FP] )$/
const end = /^[^\n]{0,160}-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/
const longest = 400

/**
 * Private keys in PEM form, also cut ones. Each line of the body becomes a placeholder, so that the text keeps its line numbers;
 * a key written on one line (`\n` in a JSON string) becomes a single one. Of a key whose beginning was cut off, the lines before its
 * END.
 */
export function redactPrivateKeys(text: string): string {
  return redactBeheaded(redactWhole(text))
}

function redactWhole(text: string): string {
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
    if (dashes !== -1 && dashes < stop) return (at !== from && marked.test(text.slice(at, dashes)) ? at : dashes) - from
    // On the line of BEGIN itself stands the rest of a key written on one line, cut before its END.
    if (at !== from && !isBody(text.slice(at, Math.min(stop, at + 400)))) return at - from
    if (newline === -1) return stop - from
    at = newline + 1
  }
  return at - from
}

/** The last lines of a log may begin in the middle of a key. */
function redactBeheaded(text: string): string {
  if (!text.includes('-----END ')) return text
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (!end.test(line)) continue
    for (let before = index - 1; before >= 0 && index - before < longest; before -= 1) {
      const candidate = lines[before] ?? ''
      if (candidate.trim() === '' || !isBody(candidate)) break
      lines[before] = hide(candidate)
    }
  }
  return lines.join('\n')
}

function isBody(line: string): boolean {
  return body.test(line) || shipped.test(line)
}

function hide(key: string): string {
  return key
    .split('\n')
    .map((line) => {
      const before = shipped.exec(line)?.[0] ?? /^[ \t]*/.exec(line)?.[0] ?? ''
      return /[A-Za-z0-9+/]{2}/.test(line.slice(before.length)) ? `${before}${placeholder('private-key')}` : line
    })
    .join('\n')
}

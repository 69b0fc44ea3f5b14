import { isHarmless } from './harmless.ts'
import { placeholder, type SecretKind } from './placeholder.ts'
import { secretKindOf } from './secret-name.ts'
import { lineEnd, quoteAt, quotedEnd, type Span, valueAt, type Writing } from './value-span.ts'

/** What stands between a name and its value: JSON, ini, PHP, shell, query, header, comparison of an nginx `if`. */
const separator = /(\\*["'`])?(?:\]|%5D)?[ \t]{0,8}(=>|:=|,(?=[ \t]{0,8}["'])|!?~\*?|!?=|:|%(?:25)*3D)[ \t]{0,8}/iy
const scheme = /(?:Basic|Bearer|Digest|Token|Negotiate|ApiKey)[ +]+/iy

interface Name {
  readonly text: string
  /** Where it begins, and where what follows begins. */
  readonly at: number
  readonly end: number
}

/**
 * Values that follow a name which says they are secret: `token=...` in a query, `Authorization: ...`, `"password":"..."`,
 * `Environment=DB_PASSWORD=...`, `--api-key ...`, `if ($http_x_api_key != "...")`. One pass, linear in the text.
 */
export function redactAssignments(text: string): string {
  const names = /[\w.$-]+/g
  const parts: string[] = []
  let done = 0
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const name = { text: found[0], at: found.index, end: names.lastIndex }
    const secret = secretAfter(text, name)
    if (secret === null) continue
    parts.push(text.slice(done, secret.span.start), placeholder(secret.kind))
    done = secret.span.end
    names.lastIndex = done
  }
  parts.push(text.slice(done))
  return parts.join('')
}

interface Secret {
  readonly kind: SecretKind
  readonly span: Span
}

function secretAfter(text: string, name: Name): Secret | null {
  separator.lastIndex = name.end
  const found = separator.exec(text)
  if (found === null) return /^--?[a-z]/i.test(name.text) ? optionValue(text, name) : null
  const [whole, closing, sign = ''] = found
  const start = name.end + whole.length
  const writing = writingOf(text, name, sign)
  const own = text[name.at - 1] === '%' ? name.text.replace(/^(?:25)*(?:26|3F|5B)/i, '') : name.text
  const header = sign === ':' && /-|^(?:authorization|cookie)$/i.test(own)
  const kind = secretKindOf(own, writing !== 'plain' ? 'query' : header ? 'header' : 'other')
  if (kind === null) return null
  // define('DB_PASSWORD', '...'): in a list of names the next one is no value
  if (sign === ',' && (closing === undefined || !/\(\s?["']$/.test(text.slice(Math.max(0, name.at - 3), name.at))))
    return null
  if (sign === ':' && closing === undefined && isNoLabel(text, name, kind, start)) return null
  return spanOf(text, name, kind, { start, writing, toLineEnd: sign === ':' && closing === undefined, closing })
}

interface Place {
  readonly start: number
  readonly writing: Writing
  /** A header reaches to the end of its line. */
  readonly toLineEnd: boolean
  readonly closing: string | undefined
}

function spanOf(text: string, name: Name, kind: SecretKind, place: Place): Secret | null {
  const around = place.closing === undefined ? quoteBefore(text, name.at) : ''
  const whole = kind === 'cookie' || kind === 'authorization'
  if (around !== '' && place.writing === 'plain') {
    return unlessHarmless(text, kind, { start: place.start, end: quotedEnd(text, place.start, around) })
  }
  if (whole && place.toLineEnd)
    return unlessHarmless(text, kind, { start: place.start, end: lineEnd(text, place.start) })
  scheme.lastIndex = place.start
  const skipped = kind === 'authorization' ? (scheme.exec(text)?.[0].length ?? 0) : 0
  const value = valueAt(text, place.start + skipped, place.writing)
  return unlessHarmless(text, kind, skipped > 0 ? { start: place.start, end: value.end } : value)
}

/** `--token abc`, as a process list shows it. */
function optionValue(text: string, name: Name): Secret | null {
  const gap = /[ \t]{1,8}(?!-)/y
  gap.lastIndex = name.end
  const found = gap.exec(text)
  const kind = found === null ? null : secretKindOf(name.text, 'other')
  return found === null || kind === null ? null : unlessHarmless(text, kind, valueAt(text, gap.lastIndex, 'plain'))
}

function writingOf(text: string, { at, text: name }: Name, sign: string): Writing {
  const before = text[at - 1] ?? ''
  if (sign.startsWith('%') || (before === '%' && /^(?:25)*(?:26|3F)/i.test(name))) return 'encoded-query'
  if (sign !== '=') return 'plain'
  return before === '?' ||
    before === '&' ||
    (before === '%' && /^5B/i.test(name)) ||
    (before === ';' && text.slice(at - 5, at) === '&amp;')
    ? 'query'
    : 'plain'
}

/** A colon after a path, in an address, behind a variable or in prose introduces no secret. */
function isNoLabel(text: string, name: Name, kind: SecretKind, start: number): boolean {
  if (/[/@:]/.test(text[name.at - 1] ?? '') || name.text.startsWith('$')) return true
  const next = text.slice(start, start + 40)
  // zone=per_token:10m is nginx's shared memory of that name, and its size
  if (text.slice(Math.max(0, name.at - 5), name.at).endsWith('zone=') && /^\d{1,9}[kmg]?(?![\w.-])/i.test(next))
    return true
  if (text[start - 1] === ':' && /^(?:\d{1,5}(?![\w.-])|\/\/)/.test(next)) return true
  return kind === 'token' && /^token$/i.test(name.text) && !/^["']?(?=\S{0,30}\d)\S{8}/.test(next)
}

function quoteBefore(text: string, at: number): string {
  const mark = text[at - 1] ?? ''
  if (mark !== '"' && mark !== "'") return ''
  return text[at - 2] === '\\' ? quoteAt(text, at - 2) : mark
}

/** Null when what stands there is no secret after all: empty, a switch, a variable, the path of a file. */
function unlessHarmless(text: string, kind: SecretKind, span: Span): Secret | null {
  return isHarmless(text.slice(span.start, Math.min(span.end, span.start + 400))) ? null : { kind, span }
}

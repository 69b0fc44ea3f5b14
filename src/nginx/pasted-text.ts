/** Undoes what a terminal, a chat or a log shipper did to the text of one physical line. */
export function cleanPasted(line: string): string {
  return line
    .replace(ANSI, '')
    .replace(/[\r\u200B\u2060\uFEFF]/gu, '')
    .replace(/[\u201C\u201D\u201E\u201F]/gu, '"')
    .replace(/\u00A0/gu, ' ')
    .replace(/^(?:\s{0,3}>\s?)+/, '')
    .replace(/^\s{0,8}(?:```\w*|`(?=[^`]))/, '')
    .replace(/(?:```|`)\s*$/, '')
    .replace(/&(?:quot|#34|#x22);/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}

// Control sequences of terminals, and the same with the escape byte shown as text by docker and journald.
// oxlint-disable-next-line no-control-regex
const ANSI = /(?:\u001B|\\u001[bB]|\\x1[bB]|\\e|\^\[|#033)\[[0-9;?]{0,20}[A-Za-z]/g

/** Field names under which log shippers keep the text of a line: docker, journald, GCP, ECS, CloudWatch, fluentd. */
const TEXT_FIELDS = ['log', 'message', 'msg', 'MESSAGE', 'textPayload', '@message', 'line', 'text', 'body'] as const

/** The text inside a JSON log line ({"log":"...","stream":"stderr"}); null when the line is no such thing. */
export function textOfJson(line: string): string | null {
  const start = line.indexOf('{"')
  if (start === -1 || start > 200) return null
  return parsedText(line.slice(start)) ?? cutText(line.slice(start))
}

function parsedText(json: string): string | null {
  try {
    return fieldOf(JSON.parse(json.replace(/,\s*$/, '')))
  } catch {
    return null // cut or not JSON at all: the caller tries to read the beginning
  }
}

function fieldOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const entries = new Map<string, unknown>(Object.entries(value))
  for (const name of TEXT_FIELDS) {
    const text = entries.get(name)
    if (typeof text === 'string') return text
  }
  const inner = entries.get('jsonPayload') ?? entries.get('fields')
  return inner === undefined ? null : fieldOf(inner)
}

const CUT_JSON = /"(?:log|message|msg|MESSAGE|textPayload|@message|line)": ?"/

function cutText(json: string): string | null {
  const start = CUT_JSON.exec(json.slice(0, 2000))
  if (start === null) return null
  const text = json.slice(start.index + start[0].length)
  const close = /(?<!\\)"/.exec(text)
  return unescaped(close === null ? text : text.slice(0, close.index))
}

/** Takes one layer of backslash escapes off a text that still has them: \" becomes a quote. */
export function unescaped(text: string): string {
  return text
    .replace(/\\(?<char>["\\/])/g, '$<char>')
    .replace(/\\n$/, '')
    .replace(/\\t/g, ' ')
}

/** Whether the quotes of nginx's fields are still escaped, as in a line copied out of JSON or of a shell string. */
export function hasEscapedFields(text: string): boolean {
  return /(?:request|upstream|host|open\(\)|certificate|upstream ): ?\\"|(?:open\(\)|certificate|in upstream|found in) \\"/.test(
    text,
  )
}

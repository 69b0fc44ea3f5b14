// Text of hosts and of people is hostile here too: a record is pasted into wikis and tickets, where Markdown is drawn.

// Controls but tab and line feed; format characters (bidi, zero width); lone surrogates.
const unseen = /(?![\t\n])\p{Cc}|\p{Cf}|\p{Cs}/gu

/** One line of prose in which nothing is markup: no emphasis, link, image, heading, HTML or autolink (CommonMark 0.31, GFM). */
export function prose(text: string, cap = 600): string {
  return line(text, cap)
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/@/g, '\\@')
    .replace(/^(?:[-+=]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
}

/** In a code span nothing is markup; a backtick would end it. */
export function codeSpan(text: string, cap = 300): string {
  const shown = line(text, cap).replace(/`/g, '\u02CB')
  return `\`${shown === '' ? ' ' : shown}\``
}

/** Several lines as they are. The fence is longer than any run of backticks within. */
export function fenced(text: string, cap = 4000): string {
  const shown = capped(text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(unseen, ''), cap).trimEnd()
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${shown}\n${fence}`
}

function line(text: string, cap: number): string {
  const seen = text.slice(0, cap * 4).replace(unseen, '')
  return capped(seen.replace(/\s+/g, ' ').trim(), cap)
}

function capped(text: string, cap: number): string {
  return text.length <= cap ? text : `${text.slice(0, cap - 1).trimEnd()}…`
}

// Text of a host (log lines, unit names, error texts) is hostile: it may try to look like our own words, like a link or
// like a mention. Everything that leaves for Slack goes through one of these functions exactly once.

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character; that is the point
const ansi = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-_])/g
// Controls but tab and line feed; format characters (bidi overrides and isolates, zero width, tags); lone surrogates.
const unseen = /(?![\t\n])\p{Cc}|\p{Cf}|\p{Cs}/gu

/**
 * Literal text for plain_text and rich_text elements, where Slack parses nothing: what cannot be seen is taken out and the
 * length is capped (UTF-16 units, as Slack counts), the cut shown as "…". Line feeds stay.
 */
export function inert(text: string, cap: number): string {
  const seen = text
    .slice(0, cap * 4)
    .replace(ansi, '')
    .replace(/[\u2028\u2029]|\r\n?/g, '\n')
    .replace(unseen, '')
  return capped(seen, cap)
}

/** The same on one line. */
export function inertLine(text: string, cap: number): string {
  return capped(
    inert(text, cap * 4)
      .replace(/\s+/g, ' ')
      .trim(),
    cap,
  )
}

/**
 * One line for mrkdwn fields and for the `text` of a message: literal text with the three characters escaped that Slack
 * parses (docs.slack.dev, "Formatting message text"), and backticks made harmless. The cap counts before escaping.
 */
export function mrkdwn(text: string, cap: number): string {
  return escapeControl(inertLine(text, cap).replace(/`/g, '\u02CB'))
}

function escapeControl(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function capped(text: string, cap: number): string {
  if (text.length <= cap) return text
  return `${text
    .slice(0, cap - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`
}

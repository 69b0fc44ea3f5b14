const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * Splits what a person typed into words, undoing what Slack and keyboards do to it: a mention of the bot in front,
 * links (`<http://shop.example.com|shop.example.com>`), `&amp;` and friends, typographic quotes and dashes, code ticks,
 * non-breaking spaces. Words keep their case, because paths of URLs have one.
 *
 * A mention of anybody else stays as it is and matches no host. Formats: docs.slack.dev, "Formatting message text" and
 * the `should_escape` option of slash commands.
 */
export function readLine(text: string, botUserId?: string): readonly string[] {
  return afterMention(text.slice(0, 2000), botUserId)
    .replace(/<([^<>|\s]+)(?:\|[^<>]*)?>/g, (whole, link: string) => (/^[@#!]/.test(link) ? whole : link))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== '')
}

function afterMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text
  const mention = new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>[:,]?`)
  const found = mention.exec(text)
  return found === null ? text : text.slice(found.index + found[0].length)
}

/** Without the quotes, ticks and sentence marks around it: `"web-1",` is web-1. */
function bare(word: string): string {
  return word.replace(/^["'`*(]+/, '').replace(/["'`*),;!?]+$/, '')
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * What a person typed or pasted, with what Slack did to it undone: a mention of the bot in front, links
 * (`<http://shop.example.com|shop.example.com>`), `&amp;` and friends. Quotes, spaces and line breaks stay as they are.
 *
 * A mention of anybody else stays too. Formats: docs.slack.dev, "Formatting message text" and the `should_escape` option of
 * slash commands.
 */
export function typedText(text: string, botUserId?: string): string {
  return afterMention(text, botUserId)
    .replace(/<([^<>|\s]+)(?:\|[^<>]*)?>/g, (whole, link: string) => (/^[@#!]/.test(link) ? whole : link))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
}

function afterMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text
  const mention = new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>[:,]?`)
  const found = mention.exec(text)
  return found === null ? text : text.slice(found.index + found[0].length)
}

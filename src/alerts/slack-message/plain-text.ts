const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
// What cannot be seen: a name is compared as it looks. Controls but tab and line feed, format characters (zero width, bidi), lone surrogates.
const unseen = /(?![\t\n])\p{Cc}|\p{Cf}|\p{Cs}/gu

/** Undoes what Slack does to text (docs.slack.dev, "Formatting message text"). A link stays only where its address is what is read; mentions go. */
export function plainText(mrkdwn: string): string {
  return mrkdwn
    .replace(/<([^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>/g, (_whole, target: string, label?: string) =>
      linkText(target, label),
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replace(unseen, '')
}

/** "shop.example.com" linked by Slack itself is the address; "View in Grafana" is where somebody may go, and says nothing of what is broken. */
export function linkText(target: string, label: string | undefined): string {
  if (/^[@#!]/.test(target)) return ' '
  return label === undefined || label === '' || target.includes(label) ? target : label
}

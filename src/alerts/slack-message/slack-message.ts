/** One piece of text of a message in Slack, as it is read there: links, mentions and entities undone. */
export interface MessagePart {
  /** `name`: what stands above a field ("Host"); null elsewhere. */
  readonly name: string | null
  readonly text: string
}

/** A message as Slack delivers it, in an event or with a shortcut, as far as an alert is read from it. Everything in it is somebody else's text. */
export interface SlackMessage {
  /** Slack's time stamp: the id of a message within its channel. */
  readonly ts: string
  /** Root of the thread that it is a reply in; null for one that stands in the channel itself. */
  readonly threadTs: string | null
  readonly botId: string | null
  readonly appId: string | null
  /** Workspaces that it is said to come from: one of another organisation in a channel that is shared. An app has the same id in all of them. */
  readonly teams: readonly string[]
  /** What it calls itself: "AlertManager". Not to be trusted, anybody may post under any name. */
  readonly senderName: string
  readonly title: string
  /** In reading order; at most 12,000 characters in all. */
  readonly parts: readonly MessagePart[]
  /** The small print under attachments: "Grafana v11.2.0". */
  readonly footers: readonly string[]
}

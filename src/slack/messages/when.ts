/** Seconds of an ISO instant, or null when it is none. */
function seconds(iso: string): number | null {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000)
}

/** "03:04 UTC", for texts that Slack shows as they are. */
export function utcTime(iso: string): string {
  const at = seconds(iso)
  return at === null ? 'an unknown time' : `${new Date(at * 1000).toISOString().slice(11, 16)} UTC`
}

/** Date token of mrkdwn: shown in the reader's own zone, UTC where Slack cannot (docs.slack.dev, "Date formatting"). */
export function timeToken(iso: string): string {
  const at = seconds(iso)
  return at === null ? utcTime(iso) : `<!date^${at}^{time}|${utcTime(iso)}>`
}

/** With the day: for what may be older than today. */
export function dayToken(iso: string): string {
  const at = seconds(iso)
  return at === null ? utcTime(iso) : `<!date^${at}^{date_short_pretty} {time}|${iso.slice(0, 10)} ${utcTime(iso)}>`
}

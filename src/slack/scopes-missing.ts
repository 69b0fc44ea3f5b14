import type { WebClient } from '@slack/web-api'
import type { SlackParts } from './parts.ts'

/** Without these Slack does not tell whether a channel is shared: of public channels, of private ones (docs.slack.dev, conversations.info). */
const forSharing = ['channels:read', 'groups:read']

/** Which scopes the app lacks to tell whether a channel is shared, as Slack says now; none where that is not asked, or Slack does not say. */
export async function scopesMissing(
  client: Pick<WebClient, 'auth'>,
  { sharedChannels }: Pick<SlackParts, 'sharedChannels'>,
): Promise<readonly string[]> {
  if (sharedChannels === 'whole') return []
  // Slack lists what a token has in the header x-oauth-scopes of every answer.
  const granted = (await client.auth.test()).response_metadata?.scopes
  return granted === undefined ? [] : forSharing.filter((scope) => !granted.includes(scope))
}

/** What follows from it and what to do, for the log and for `/nginx status`. */
export function scopesWords(missing: readonly string[]): string {
  const kinds = missing.map((scope) => (scope === 'groups:read' ? 'private' : 'public'))
  const every = kinds.length === 1 ? `every ${kinds.join()} channel` : 'every channel'
  return `the app may not ask whether a channel is shared with another organisation, so ${every} counts as shared and gets summaries without evidence and buttons: add the ${missing.length === 1 ? 'scope' : 'scopes'} ${missing.join(' and ')} (manifest.yml) and install the app again, or set sharedChannels: whole in gatemedic.yml`
}

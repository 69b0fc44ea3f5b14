/**
 * Calls a minute that Slack grants per method (docs.slack.dev, "Rate limits" and the page of each method): tier 2 = 20,
 * 3 = 50, 4 = 100. chat.postMessage is special: about one a second for each channel, with short bursts.
 */
const tiers: Readonly<Record<string, number>> = {
  'auth.test': 100,
  'chat.delete': 50,
  'chat.getPermalink': 100,
  'chat.postEphemeral': 100,
  'chat.postMessage': 60,
  'chat.update': 50,
  'conversations.history': 50,
  'conversations.info': 50,
  'conversations.replies': 50,
  'files.completeUploadExternal': 100,
  'files.getUploadURLExternal': 100,
  'files.info': 100,
  'usergroups.users.list': 20,
  'users.info': 100,
  'views.open': 100,
  'views.publish': 100,
  'views.update': 100,
}

/** At most `most` calls in any `ms`. */
export interface Window {
  readonly ms: number
  readonly most: number
}

export interface Budget {
  /** What is counted together: the method, for posts each channel by itself. */
  readonly key: string
  readonly windows: readonly Window[]
}

/**
 * Below what Slack grants, because calls may arrive closer together than they were sent. What is said goes in short windows too, so that
 * the minute is not used up at its beginning; what is asked because a person presses may come in bursts.
 */
export function budgetOf(method: string, channel: string): Budget {
  const perMinute = tiers[method] ?? 20
  const minute = { ms: 60_000, most: Math.floor(perMinute * 0.9) }
  if (method === 'chat.postMessage') return { key: `${method} ${channel}`, windows: [{ ms: 5000, most: 4 }, minute] }
  if (method === 'chat.update')
    return { key: method, windows: [{ ms: 10_000, most: Math.ceil(perMinute * 0.25) }, minute] }
  return { key: method, windows: [minute] }
}

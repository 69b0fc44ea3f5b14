/**
 * Calls a minute that Slack grants per method, and what happens when a caller goes beyond.
 * Tiers: 1 = 1+, 2 = 20+, 3 = 50+, 4 = 100+ calls a minute (Slack: "Rate limits"). chat.postMessage is special: about one
 * a second and channel, with short bursts allowed; the page gives no number for the burst, here it is five.
 */
export const callsPerMinute: Readonly<Record<string, number>> = {
  'apps.connections.open': 1,
  'auth.test': 600,
  'assistant.threads.setStatus': 600,
  'blocks.validate': 20,
  'bots.info': 50,
  'chat.delete': 50,
  'chat.getPermalink': 600,
  'chat.postEphemeral': 100,
  'chat.postMessage': 60,
  'chat.update': 50,
  'conversations.history': 50,
  'conversations.info': 50,
  'conversations.join': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.open': 50,
  'conversations.replies': 50,
  'files.completeUploadExternal': 100,
  'files.getUploadURLExternal': 100,
  'reactions.add': 50,
  'usergroups.list': 20,
  'usergroups.users.list': 20,
  'users.info': 100,
  'users.list': 20,
  'views.open': 100,
  'views.publish': 100,
  'views.update': 100,
}

const postBurst = 5
const minute = 60_000

export interface RateCount {
  /** Most calls of the method within any one minute so far. */
  readonly peakPerMinute: number
  readonly limit: number
}

/** Counts every call; `wait` says for how many seconds Slack would turn this one away (0 = it is granted). */
export interface RateBook {
  record(method: string, channel: string): void
  wait(method: string, channel: string): number
  counts(): ReadonlyMap<string, RateCount>
}

export function createRateBook(now: () => number): RateBook {
  const times = new Map<string, number[]>()
  const posts = new Map<string, number[]>()
  const peaks = new Map<string, number>()

  function recent(book: Map<string, number[]>, key: string, windowMs: number): number[] {
    const kept = (book.get(key) ?? []).filter((at) => at > now() - windowMs)
    book.set(key, kept)
    return kept
  }

  return {
    record(method, channel) {
      const kept = recent(times, method, minute)
      kept.push(now())
      peaks.set(method, Math.max(peaks.get(method) ?? 0, kept.length))
      if (method === 'chat.postMessage') recent(posts, channel, postBurst * 1000).push(now())
    },
    wait(method, channel) {
      if (method === 'chat.postMessage') {
        const kept = recent(posts, channel, postBurst * 1000)
        return kept.length < postBurst ? 0 : 1
      }
      const kept = recent(times, method, minute)
      const oldest = kept[0]
      if (oldest === undefined || kept.length < (callsPerMinute[method] ?? 20)) return 0
      return Math.max(1, Math.ceil((oldest + minute - now()) / 1000))
    },
    counts: () =>
      new Map(
        [...peaks].map(([method, peak]) => [method, { peakPerMinute: peak, limit: callsPerMinute[method] ?? 20 }]),
      ),
  }
}

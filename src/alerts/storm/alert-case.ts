import type { AlertTally } from './alert-tally.ts'

/** One alert in one channel, as the script takes it. Times in ms. */
export interface AlertItem {
  /** Of source and id, and of the channel where it is a further one: one outbreak together with `at`. */
  readonly key: string
  readonly source: string
  readonly title: string
  /** What it is counted as: the name of the alert, which webhook and message share; its title where it has none. */
  readonly name: string
  readonly status: 'firing' | 'resolved' | 'suppressed'
  readonly at: number
  readonly channel: string
  /** Its hosts have several channels, and this is not the first of them: it counts as the one alert that it is. */
  readonly further: boolean
  /** ts of its own message in Slack, or ''. */
  readonly origin: string
  /** What several hosts of one alert are called: the site, or its title. */
  readonly fleet: string
  /** How long a conversation of its own waits for the message in Slack, and for company. */
  readonly wait: number
  readonly gather: number
  /** Those that are not muted, each with the conversation that it would open and what the bot signs about it. */
  readonly hosts: readonly { readonly host: string; readonly case: string; readonly record: string }[]
}

export interface CaseSettings {
  /** Later alerts of a host join for so long. */
  readonly windowMs: number
  /** And while the first ones last, for so long at most: then a new one is worth a new look. */
  readonly lastingMs: number
  /** More hosts than this, newly alerting in a channel within a minute, are looked at together. */
  readonly digestAbove: number
}

export interface ItemTaken {
  readonly kind:
    | 'opened'
    | 'joined'
    | 'adopted'
    | 'repeated'
    | 'resolved'
    | 'suppressed'
    | 'muted'
    | 'over'
    | 'unknown'
    | 'older'
  /** Empty where no conversation has it. */
  readonly threadId: string
}

/** What a bot signed about one host when it alerted: nothing else is diagnosed because of an alert. */
export interface CaseRecord {
  readonly host: string
  readonly diagnosisId: string
  readonly source: string
  readonly title: string
  readonly site?: { readonly serverName: string; readonly path: string }
}

export interface HeldCase {
  readonly id: string
  readonly kind: 'host' | 'fleet'
  readonly channel: string
  /** ts of the alert's message in Slack, or null. */
  readonly origin: string | null
  readonly title: string
  readonly source: string
  readonly first: string
  /** Hosts that are still to be asked. `record` null: not what a bot of ours wrote. */
  readonly hosts: readonly { readonly host: string; readonly record: CaseRecord | null }[]
}

/** Alerts of the last hour. */
export interface LastHour {
  readonly bySource: ReadonlyMap<string, number>
  /** Those of them whose hosts were muted. */
  readonly muted: number
}

export interface Digest {
  /** Slack channel id. */
  readonly channel: string
  readonly hosts: number
  /** ISO instant. */
  readonly since: string
}

/** The conversations of alerts in Redis; each method is one atomic step. */
export interface Cases {
  /** In the order of the items. `wake`: threads with something new to show. Rejects with QueueUnreachableError. */
  readonly take: (
    items: readonly AlertItem[],
    now: Date,
  ) => Promise<{ readonly taken: readonly ItemTaken[]; readonly wake: readonly string[] }>
  readonly sign: (record: CaseRecord) => string
  /** With something to be begun by now. */
  readonly due: (now: Date) => Promise<readonly string[]>
  /** Takes it for a while; null: somebody else has it, or there is nothing to do. */
  readonly claim: (id: string, now: Date) => Promise<HeldCase | null>
  readonly begun: (id: string, hosts: readonly string[]) => Promise<void>
  readonly tallyOf: (id: string) => Promise<AlertTally | null>
  readonly lastHour: (now: Date) => Promise<LastHour>
  /** Conversations of many hosts that began within the last hour. */
  readonly digests: (now: Date) => Promise<readonly Digest[]>
}

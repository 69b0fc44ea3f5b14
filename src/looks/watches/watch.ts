/** A running `/nginx watch`. Nothing is decided by what stands here: the bot asks and signs each look by itself. */
export interface Watch {
  /** Also of its thread. */
  readonly id: string
  /** As it was asked for: "web-1", "shop.example.com". */
  readonly title: string
  /** Inventory names. */
  readonly hosts: readonly string[]
  readonly site: { readonly serverName: string; readonly path: string } | null
  /** Slack channel id. */
  readonly channel: string
  /** Slack id of who began it. */
  readonly owner: string
  /** Slack ids of everybody who wants to hear of changes, the owner first. */
  readonly people: readonly string[]
  /** ISO instants. */
  readonly startedAt: string
  readonly until: string
  /** Looks that were asked for. */
  readonly looks: number
  /** Null while it runs. */
  readonly ended: { readonly at: string; readonly why: WatchEnd } | null
}

/** `by`: Slack id of who ended it. `unheard`: the bot may not post there. */
export type WatchEnd =
  | { readonly kind: 'over' }
  | { readonly kind: 'ended'; readonly by: string }
  | { readonly kind: 'unheard' }

export type WatchWish = Pick<Watch, 'id' | 'title' | 'hosts' | 'site' | 'channel' | 'owner'> & {
  readonly seconds: number
}

export type WatchOpened =
  | { readonly kind: 'opened'; readonly watch: Watch }
  /** The same is watched already: this person hears of it now too, and it ends no sooner than he wants. */
  | { readonly kind: 'extended'; readonly watch: Watch }
  /** So many run, of everybody or of this person, and no more may. */
  | { readonly kind: 'refused'; readonly limit: 'all' | 'own'; readonly most: number }

/** What a look at one host has seen. */
export interface Sight {
  readonly host: string
  /** Two of the same key say the same. */
  readonly key: string
  readonly isConfirmed: boolean
  /** In words: "nothing is failing", "checkout-api.service is down". */
  readonly line: string
}

/** What stands for one host of a watch. */
export interface Standing extends Sight {
  /** ISO instant of the newest look. */
  readonly at: string
  readonly looks: number
  readonly changes: number
  /** Of the update that told it last. */
  readonly revision: number
  /** What the newest look has changed; null: nothing. */
  readonly news: { readonly before: string; readonly kind: 'other' | 'surer' } | null
}

export interface WatchStore {
  readonly open: (wish: WatchWish, now: Date) => Promise<WatchOpened>
  readonly find: (id: string) => Promise<Watch | null>
  /** Those that run, the one that ends first before the others. */
  readonly running: () => Promise<readonly Watch[]>
  /** False: it had ended. */
  readonly end: (id: string, why: WatchEnd, now: Date) => Promise<boolean>
  /** Watches that are to be looked at or ended by now, each given to one bot for a while. */
  readonly claimDue: (now: Date) => Promise<readonly string[]>
  /** The look after `looks` others was asked for; the next is due after the pause. */
  readonly asked: (watch: Pick<Watch, 'id' | 'looks' | 'until'>, now: Date) => Promise<void>
  /** Its end was told. */
  readonly told: (id: string) => Promise<void>
  /** Writes down what a look has seen, once for each revision. Null: there is no such watch any more. */
  readonly seen: (id: string, sight: Sight, revision: number, now: Date) => Promise<Standing | null>
  /** By host. */
  readonly standings: (id: string) => Promise<ReadonlyMap<string, Standing>>
}

export const mostWatches = { all: 10, own: 3 } as const

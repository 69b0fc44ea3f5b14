import type { Json, JsonObject } from './json.ts'

export interface Team {
  readonly id: string
  readonly name: string
  readonly domain: string
}

export interface User {
  readonly id: string
  /** Handle, as in `@dana`. */
  readonly name: string
  readonly realName: string
  /** What the page shows beside the name: "on-call". */
  readonly title: string
  /** IANA zone and its offset from UTC in seconds, as users.info gives both. */
  readonly timeZone: string
  readonly timeZoneOffset: number
  /** guest: of several channels; ultra-guest: of one. */
  readonly kind: 'member' | 'guest' | 'ultra-guest' | 'bot'
  /** Deactivated: Slack still tells who it was. */
  readonly deleted?: boolean
  /** Of another organisation, met in a shared channel. */
  readonly team?: string
}

/** Another app that posts into channels: the Slack integration of Alertmanager, Grafana or Datadog. */
export interface Integration {
  /** Bot user; messages of an incoming webhook are shown under its name and carry no user. */
  readonly user: User
  readonly botId: string
  readonly appId: string
  /** webhook: its messages are of the subtype bot_message; app: they carry user and bot_profile. */
  readonly posts: 'webhook' | 'app'
}

export interface UserGroup {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly members: readonly string[]
}

export interface Channel {
  readonly id: string
  /** Without the `#`; for a direct message the names of the two. */
  readonly name: string
  readonly kind: 'public' | 'private' | 'direct'
  readonly members: readonly string[]
  readonly topic: string
  /** Shared with another organisation. */
  readonly shared?: boolean
}

export interface Reaction {
  readonly name: string
  readonly users: readonly string[]
}

export interface Message {
  readonly channel: string
  /** Slack's time stamp, "seconds.microseconds": the id of a message within its channel. */
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: readonly Json[]
  /** The older form of blocks, which integrations still use. */
  readonly attachments?: readonly JsonObject[]
  /** Root of the thread; absent on a message outside threads, equal to ts on a root that has replies only in Slack's own JSON. */
  readonly threadTs?: string
  readonly broadcast?: boolean
  readonly metadata?: JsonObject
  readonly edited?: { readonly user: string; readonly ts: string }
  /** Seen by this person alone and by no history call. */
  readonly ephemeralTo?: string
  readonly reactions: readonly Reaction[]
  readonly files: readonly JsonObject[]
}

/** What is given to post a message; time stamp and reactions come by themselves. */
export type Draft = Omit<Message, 'ts' | 'reactions' | 'files' | 'blocks'> & {
  readonly blocks?: readonly Json[]
  readonly files?: readonly JsonObject[]
}

/** What somebody uploaded, byte for byte. */
export interface StoredFile {
  readonly name: string
  readonly title: string
  readonly bytes: Buffer
}

export type Change =
  | { readonly kind: 'posted' | 'changed' | 'removed'; readonly message: Message }
  | { readonly kind: 'joined'; readonly channel: string; readonly user: string }
  | { readonly kind: 'status'; readonly channel: string; readonly threadTs: string; readonly status: string }
  | { readonly kind: 'view'; readonly user: string }

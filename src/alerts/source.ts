import type { IncomingHttpHeaders } from 'node:http'
import type { AlertsRead } from './alert.ts'
import type { MapRule } from './map-rule.ts'
import type { SourceType } from './sources-config.ts'

/** How a sender proves who it is: a token or password in the Authorization header, or a signature over the body. */
export type Auth = 'bearer' | 'basic' | 'hmac'

/** One entry of `alerts.sources`, with its secret. */
export interface AlertSource {
  /** The last part of its path: /alerts/prometheus. */
  readonly name: string
  readonly type: SourceType
  readonly auth: Auth
  /** Of basic; "gatemedic" when not configured. */
  readonly user: string
  /** One, or two while the sender's is exchanged. */
  readonly secrets: readonly string[]
  /** Requests a minute that prove who they are. */
  readonly perMinute: number
  readonly channel?: string | undefined
  readonly map: readonly MapRule[]
}

export interface SignedBody {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** `once`: what names this request and no other, when the signature covers its time; null when it does not. */
export type Checked =
  | { readonly ok: true; readonly once: string | null }
  | { readonly ok: false; readonly why: 'unauthenticated' | 'too-old'; readonly reason: string }

/** What is particular to one kind of sender. */
export interface AlertSender {
  /** What it can, the safest first: that one is the default. */
  readonly auths: readonly [Auth, ...Auth[]]
  /** Of those that can `hmac`. */
  readonly checkSignature?: (signed: SignedBody, secrets: readonly string[], now: Date) => Checked
  /** The parsed body as alerts of this source. */
  readonly read: (body: unknown, source: string) => AlertsRead
  /** Senders that repeat a request after 5xx only would lose alerts to a 429. */
  readonly whenTooMany: 429 | 503
  /** Also takes bodies that do not say that they are JSON. */
  readonly anyContentType?: true
  /** It says no time at which something began that stays the same until it ends: the first one seen is kept. */
  readonly forgetsStart?: true
  /** 422 for an alert that is about no host of the inventory: somebody wrote the request by hand. Others would take it for a failure. */
  readonly refusesStrangers?: true
}

import type { CauseId } from '../diagnosis/cause.ts'
import type { ActionId } from '../diagnosis/diagnosis.ts'

/** What is remembered of the trouble that a diagnosis found; data, the words are the bot's. */
export interface Past {
  readonly cause: CauseId
  /** "shop-api.service", "127.0.0.1:8080", "/etc/nginx/conf.d/shop.conf"; null for a trouble of the whole host. */
  readonly thing: string | null
  /** Outbreaks within so many days, this one with them. */
  readonly count: number
  readonly days: number
  /** When the earlier ones began, ISO, newest first; at most five. */
  readonly earlier: readonly string[]
  /** What cured it last time; null: nothing that was done from here. */
  readonly lastFix: LastFix | null
  /** The same action did not hold, twice or more in a row. */
  readonly notHeld: NotHeld | null
  /** A change of the configuration that is gone again. */
  readonly undone: UndoneChange | null
}

export interface LastFix {
  readonly action: ActionId
  readonly target: string
  readonly host: string
  /** ISO. */
  readonly at: string
  /** Until it was back, ms. */
  readonly lastedMs: number
}

export interface NotHeld {
  readonly action: ActionId
  readonly target: string
  readonly host: string
  /** How long it helped each time, ms, oldest first; 0: not at all. At most five. */
  readonly lastedMs: readonly number[]
  /** Days within which that was. */
  readonly days: number
}

export interface UndoneChange {
  readonly file: string
  /** ISO: the diagnosis that asked for the change, and the healthy look that saw it made. */
  readonly askedAt: string
  readonly seenAt: string
  /** The program that writes the file: "Ansible"; null where nothing says so. */
  readonly writtenBy: string | null
}

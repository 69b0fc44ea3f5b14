import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { type AlertMessages, createAlertMessages } from './alert-messages.ts'
import { createSignposts, type Signposts } from './signposts.ts'
import type { SlackAlertEntry } from './slack-config.ts'
import type { TakeAlerts } from './take-alerts.ts'
import { keepUnmapped } from './unmapped.ts'

export interface OpenAlertMessagesParts {
  readonly client: RedisClient
  /** gatemedic.yml */
  readonly file: { readonly alerts?: { readonly slack: readonly SlackAlertEntry[] } | undefined }
  readonly inventory: () => InventoryView
  readonly take: TakeAlerts
  readonly now: () => Date
  readonly log: Logger
}

/** Alert messages with what they remember in Redis. */
export function openAlertMessages({ client, file, inventory, take, now, log }: OpenAlertMessagesParts): {
  readonly alertMessages: AlertMessages
  readonly signposts: Signposts
} {
  const signposts = createSignposts(client, now)
  const alertMessages = createAlertMessages({
    channels: file.alerts?.slack ?? [],
    inventory,
    takeAlerts: take,
    signposts,
    keepUnmapped: (alerts) => keepUnmapped(client, alerts, now()),
    log,
  })
  return { alertMessages, signposts }
}

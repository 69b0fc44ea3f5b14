import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Desk } from '../jobs/desk.ts'
import type { ThreadStore } from '../jobs/thread.ts'
import type { Logger } from '../log.ts'
import type { Alert } from './alert.ts'
import { type AlertChannels, routeAlert } from './route.ts'

export interface TakeAlertParts {
  readonly desk: Pick<Desk, 'diagnose'>
  readonly threads: Pick<ThreadStore, 'open'>
  readonly inventory: () => InventoryView
  readonly channels: AlertChannels
  /** True when asked before with this key; it is remembered from then on. */
  readonly seenBefore: (key: string) => Promise<boolean>
  /** The same without remembering. */
  readonly seen: (key: string) => Promise<boolean>
  readonly now: () => Date
  readonly newId: () => string
  readonly log: Logger
}

/** What became of an alert, for its sender. */
export type AlertTaken =
  | { readonly kind: 'queued' | 'joined'; readonly host: string; readonly diagnosisId: string }
  | { readonly kind: 'ignored' | 'refused'; readonly reason: string }

/** Opens a thread in the host's channel and queues the diagnosis. Rejects with QueueUnreachableError. */
export async function takeAlert(alert: Alert, parts: TakeAlertParts): Promise<AlertTaken> {
  const { desk, threads, inventory, channels, seen, seenBefore, newId } = parts
  if (alert.status === 'resolved') return { kind: 'ignored', reason: 'it is resolved' }
  const route = routeAlert(alert, inventory(), channels)
  if (!route.ok) return { kind: 'refused', reason: route.reason }
  // Senders repeat a firing alert every few minutes: one outbreak gets one thread.
  const outbreak = `alert:${alert.source}:${alert.id}:${route.host}:${alert.startsAt}`
  if (await seen(outbreak)) return { kind: 'ignored', reason: 'this outbreak has its thread already' }

  const { channel, host, site } = route
  const threadId = newId()
  const requester = { kind: 'alert', source: alert.source, title: alert.title } as const
  await threads.open({ id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' })
  const taken = await desk.diagnose({ id: newId(), host, ...(site ? { site } : {}), requester, threadId })
  // Only now: an alert that could not be queued must be taken when it is sent again.
  await seenBefore(outbreak)
  return { kind: taken.kind, host, diagnosisId: taken.diagnosisId }
}

import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Desk } from '../jobs/desk.ts'
import type { ThreadStore } from '../jobs/thread.ts'
import type { Logger } from '../log.ts'
import type { MappedAlert } from './alert.ts'
import { type AlertChannels, channelOf } from './route.ts'

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
export async function takeAlert(mapped: MappedAlert, parts: TakeAlertParts): Promise<AlertTaken> {
  const { desk, threads, inventory, channels, seen, seenBefore, newId } = parts
  const { alert, site } = mapped
  const [host = ''] = mapped.hosts
  if (alert.status === 'resolved') return { kind: 'ignored', reason: 'it is resolved' }
  const channel = mapped.channel ?? channelOf(host, inventory(), channels)
  if (channel === null)
    return { kind: 'refused', reason: `no channel is configured for ${host} (channels in gatemedic.yml)` }
  // Senders repeat a firing alert every few minutes: one outbreak gets one thread.
  const outbreak = `alert:${alert.source}:${alert.id}:${host}:${alert.startsAt}`
  if (await seen(outbreak)) return { kind: 'ignored', reason: 'this outbreak has its thread already' }

  const threadId = newId()
  const requester = { kind: 'alert', source: alert.source, title: alert.title } as const
  await threads.open({ id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' })
  const taken = await desk.diagnose({ id: newId(), host, ...(site ? { site } : {}), requester, threadId })
  // Only now: an alert that could not be queued must be taken when it is sent again.
  await seenBefore(outbreak)
  return { kind: taken.kind, host, diagnosisId: taken.diagnosisId }
}

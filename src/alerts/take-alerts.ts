import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Logger } from '../log.ts'
import { itemsOf } from './alert-items.ts'
import type { MappedAlert } from './alert.ts'
import type { AlertChannels } from './route.ts'
import type { Cases, ItemTaken } from './storm/alert-case.ts'

/**
 * What became of an alert, in the order of the batch. `threadId` is the conversation that has it: opened (a diagnosis is
 * on its way), joined (its host has one, it is counted there), adopted (it came by its own message in Slack while the same
 * host's alert still waited: the conversation is now the thread of that message).
 */
export type AlertTaken =
  | { readonly kind: 'opened' | 'joined' | 'adopted'; readonly threadId: string }
  /** The same outbreak again: counted, nothing else. */
  | { readonly kind: 'repeated'; readonly threadId: string }
  | { readonly kind: 'resolved'; readonly threadId: string }
  /** Counted, not diagnosed: silenced or inhibited at the sender, muted here. */
  | { readonly kind: 'suppressed' | 'muted'; readonly reason: string }
  /** Nothing to do: resolved, and nobody here knows it. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** Nobody hears of it: no channel is configured. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Takes a batch: when it resolves, all of it is safe in Redis and is brought to an end by whichever bot lives; sent again,
 * it changes nothing. Rejects with QueueUnreachableError when Redis does not answer: then the sender must send it again.
 */
export type TakeAlerts = (batch: readonly MappedAlert[]) => Promise<readonly AlertTaken[]>

/**
 * Seconds that an alert by webhook for this channel waits for its own message in Slack, before a thread of its own is
 * opened. Hosts that alert meanwhile in the same channel are looked at together. A message that comes in time takes the
 * conversation over (adopted); one that comes later joins, and its thread is told where the answer is.
 */
export type WaitFor = (channel: string) => number

export interface TakeAlertsParts {
  readonly cases: Pick<Cases, 'take' | 'sign'>
  readonly inventory: () => InventoryView
  readonly channels: AlertChannels
  readonly waitFor: WaitFor
  /** Which of these hosts are muted now. */
  readonly mutedAmong: (hosts: readonly string[]) => Promise<ReadonlySet<string>>
  /** Has the threads looked at that have something new to show. */
  readonly wake: (threadIds: readonly string[]) => Promise<void>
  readonly now: () => Date
  readonly newId: () => string
  readonly log: Logger
}

/** One step in Redis takes so many; a larger batch is several. */
const stepSize = 200

export function createTakeAlerts(parts: TakeAlertsParts): TakeAlerts {
  const { cases, mutedAmong, wake, now, log } = parts
  return async (batch) => {
    const muted = await mutedAmong([...new Set(batch.flatMap(({ hosts }) => hosts))])
    const items = await itemsOf(batch, muted, parts)
    const all = items.flatMap((each) => ('items' in each ? each.items : []))
    const taken: ItemTaken[] = []
    for (let at = 0; at < all.length; at += stepSize) {
      const done = await cases.take(all.slice(at, at + stepSize), now())
      taken.push(...done.taken)
      // What is not woken now is found by the sweep of outboxes; nobody waits for it.
      if (done.wake.length > 0)
        wake(done.wake).catch((error: unknown) => log.warn({ err: error }, 'threads of alerts not woken, a sweep will'))
    }
    const outcomes = taken.values()
    return items.map((each) =>
      'items' in each
        ? answerOf(each.items.map(() => outcomes.next().value))
        : { kind: 'refused', reason: each.refused },
    )
  }
}

/** What its sender hears of an alert that is several conversations: what happened in the one where most did. */
const mostFirst: readonly ItemTaken['kind'][] = [
  'opened',
  'adopted',
  'joined',
  'resolved',
  'repeated',
  'suppressed',
  'muted',
]

function answerOf(all: readonly (ItemTaken | undefined)[]): AlertTaken {
  const taken = mostFirst.flatMap((kind) => all.find((each) => each?.kind === kind) ?? [])[0] ?? all[0]
  if (!taken) throw new Error('Redis answered fewer alerts than it was given')
  const { kind, threadId } = taken
  switch (kind) {
    case 'muted':
      return { kind, reason: 'its hosts are muted' }
    case 'suppressed':
      return { kind, reason: 'it is silenced or inhibited at its sender' }
    case 'unknown':
      return { kind: 'ignored', reason: 'it is resolved, and no firing alert with this id was taken before' }
    case 'over':
      return { kind: 'ignored', reason: 'this outbreak was called over before' }
    case 'older':
      return { kind: 'ignored', reason: 'a newer outbreak of the same alert was taken before' }
    default:
      return { kind, threadId }
  }
}

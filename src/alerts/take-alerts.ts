import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Logger } from '../log.ts'
import type { MappedAlert } from './alert.ts'
import { type AlertChannels, channelOf } from './route.ts'
import type { AlertItem, Cases, ItemTaken } from './storm/alert-case.ts'

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
/** Hosts signed at a stretch, about 5 ms: other requests wait for no more than that. */
const signedAtOnce = 150
/** Hosts that alert within so many ms of the first may be looked at together. */
const gatherMs = 1500

export function createTakeAlerts(parts: TakeAlertsParts): TakeAlerts {
  const { cases, mutedAmong, wake, now, log } = parts
  return async (batch) => {
    const muted = await mutedAmong([...new Set(batch.flatMap(({ hosts }) => hosts))])
    const all = await itemsOf(batch, muted, parts)
    const taken: AlertTaken[] = []
    for (let at = 0; at < all.length; at += stepSize) {
      const step = all.slice(at, at + stepSize)
      const items = step.flatMap((each) => ('item' in each ? [each.item] : []))
      const done = items.length === 0 ? { taken: [], wake: [] } : await cases.take(items, now())
      const outcomes = done.taken.values()
      for (const each of step) taken.push('refused' in each ? refused(each.refused) : answerOf(outcomes.next().value))
      // What is not woken now is found by the sweep of outboxes; nobody waits for it.
      if (done.wake.length > 0)
        wake(done.wake).catch((error: unknown) => log.warn({ err: error }, 'threads of alerts not woken, a sweep will'))
    }
    return taken
  }
}

type Item = { readonly item: AlertItem } | { readonly refused: string }

async function itemsOf(
  batch: readonly MappedAlert[],
  muted: ReadonlySet<string>,
  parts: TakeAlertsParts,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let signed = 0
  for (const mapped of batch) {
    items.push(itemOf(mapped, muted, parts))
    signed += mapped.hosts.length
    if (signed < signedAtOnce) continue
    signed = 0
    await breath()
  }
  return items
}

function itemOf(
  { alert, hosts, site, channel: own, origin }: MappedAlert,
  muted: ReadonlySet<string>,
  { cases, inventory, channels, waitFor, newId }: TakeAlertsParts,
): Item {
  const [first = ''] = hosts
  const channel = origin?.channel ?? own ?? channelOf(first, inventory(), channels)
  if (channel === null) return { refused: `no channel is configured for ${first} (channels in gatemedic.yml)` }
  const { source, id, title, status, startsAt } = alert
  const begins = status === 'firing'
  const about = { source, title, ...(site ? { site } : {}) }
  const item: AlertItem = {
    key: createHash('sha256').update(`${source}\n${id}`).digest('hex').slice(0, 32),
    source,
    title,
    name: nameOf(alert),
    status,
    at: Date.parse(startsAt),
    channel,
    origin: origin?.ts ?? '',
    fleet: site?.serverName ?? title,
    wait: Math.max(waitFor(channel) * 1000, gatherMs),
    gather: gatherMs,
    hosts: [...new Set(hosts)]
      .filter((host) => !muted.has(host))
      .map((host) => ({
        host,
        case: newId(),
        // Only what fires starts anything, and only that is signed.
        record: begins ? cases.sign({ host, diagnosisId: newId(), ...about }) : '',
      })),
  }
  return { item }
}

function nameOf({ labels, title }: MappedAlert['alert']): string {
  const name = Object.hasOwn(labels, 'alertname') ? labels['alertname'] : undefined
  return (name ?? title).slice(0, 200)
}

function refused(reason: string): AlertTaken {
  return { kind: 'refused', reason }
}

function answerOf(taken: ItemTaken | undefined): AlertTaken {
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

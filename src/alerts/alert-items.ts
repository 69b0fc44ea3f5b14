import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import type { MappedAlert } from './alert.ts'
import { channelOf } from './route.ts'
import type { AlertItem } from './storm/alert-case.ts'
import type { TakeAlertsParts } from './take-alerts.ts'

type ItemParts = Pick<TakeAlertsParts, 'cases' | 'inventory' | 'channels' | 'waitFor' | 'newId' | 'log'>

/** One alert as the script takes it: an item for each channel in which somebody is to hear of it; or why nobody does. */
export type Items = { readonly items: readonly AlertItem[] } | { readonly refused: string }

/** Hosts signed at a stretch, about 5 ms: other requests wait for no more than that. */
const signedAtOnce = 150
/** Hosts that alert within so many ms of the first may be looked at together. */
const gatherMs = 1500

export async function itemsOf(
  batch: readonly MappedAlert[],
  muted: ReadonlySet<string>,
  parts: ItemParts,
): Promise<readonly Items[]> {
  const items: Items[] = []
  let signed = 0
  for (const mapped of batch) {
    items.push(itemsOfOne(mapped, muted, parts))
    signed += mapped.hosts.length
    if (signed < signedAtOnce) continue
    signed = 0
    await breath()
  }
  return items
}

/** Who is on call for some of the hosts sees those, in the channel where he looks, and may act on them there. */
function itemsOfOne(mapped: MappedAlert, muted: ReadonlySet<string>, parts: ItemParts): Items {
  const byChannel = new Map<string, string[]>()
  const untold: string[] = []
  for (const host of new Set(mapped.hosts)) {
    const channel = channelFor(host, mapped, parts)
    if (channel === null) untold.push(host)
    else byChannel.set(channel, [...(byChannel.get(channel) ?? []), host])
  }
  if (byChannel.size === 0)
    return { refused: `no channel is configured for ${untold[0] ?? ''} (channels in gatemedic.yml)` }
  if (untold.length > 0)
    parts.log.warn(
      { hosts: untold },
      'hosts of an alert have no channel (channels in gatemedic.yml), and are not looked at',
    )
  const groups = [...byChannel].map(([channel, hosts], nth) => ({ channel, hosts, further: nth > 0 }))
  return { items: groups.map((group) => itemOf(mapped, group, muted, parts)) }
}

function channelFor(host: string, { origin, channel }: MappedAlert, { inventory, channels }: ItemParts): string | null {
  return origin?.channel ?? channel ?? channelOf(host, inventory(), channels)
}

interface Group {
  readonly channel: string
  readonly hosts: readonly string[]
  /** Of an alert that has another item already. */
  readonly further: boolean
}

function itemOf(
  { alert, site, origin }: MappedAlert,
  { channel, hosts, further }: Group,
  muted: ReadonlySet<string>,
  { cases, waitFor, newId }: ItemParts,
): AlertItem {
  const { source, id, title, status, startsAt } = alert
  const begins = status === 'firing'
  const about = { source, title, ...(site ? { site } : {}) }
  const outbreak = `${source}\n${id}${further ? `\n${channel}` : ''}`
  return {
    key: createHash('sha256').update(outbreak).digest('hex').slice(0, 32),
    source,
    title,
    name: nameOf(alert),
    status,
    at: Date.parse(startsAt),
    channel,
    further,
    origin: origin?.ts ?? '',
    fleet: site?.serverName ?? title,
    wait: Math.max(waitFor(channel) * 1000, gatherMs),
    gather: gatherMs,
    hosts: hosts
      .filter((host) => !muted.has(host))
      .map((host) => ({
        host,
        case: newId(),
        // Only what fires starts anything, and only that is signed.
        record: begins ? cases.sign({ host, diagnosisId: newId(), ...about }) : '',
      })),
  }
}

function nameOf({ labels, title }: MappedAlert['alert']): string {
  const name = Object.hasOwn(labels, 'alertname') ? labels['alertname'] : undefined
  return (name ?? title).slice(0, 200)
}

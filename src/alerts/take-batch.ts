import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Metrics } from '../metrics.ts'
import type { Alert, MappedAlert } from './alert.ts'
import { type Mapping, mapLabels } from './map-labels.ts'
import type { AlertSource } from './source.ts'
import { senders } from './sources/index.ts'
import type { AlertTaken, TakeAlerts } from './take-alerts.ts'
import type { UnmappedAlert } from './unmapped.ts'
import { whyUnmapped } from './why-unmapped.ts'

export interface TakeBatchParts {
  readonly inventory: () => InventoryView
  readonly take: TakeAlerts
  readonly keepUnmapped: (alerts: readonly UnmappedAlert[]) => Promise<void>
  /** With the time at which it was first seen to begin (began.ts). */
  readonly withStart: (alert: Alert) => Promise<Alert>
  readonly metrics: Metrics
}

/** What became of one alert, for its sender and the log. */
export type AlertOutcome = { readonly id: string } & (
  | (AlertTaken & { readonly hosts: readonly string[] })
  | { readonly kind: 'unmapped' | 'ambiguous'; readonly reason: string }
)

/** Of so many kinds of alerts of a request it is looked for what would have helped, which costs. */
const mostNearest = 20

/** Maps alerts and hands on what has hosts. When it resolves all of it is safe in Redis; rejects with QueueUnreachableError. */
export async function takeBatch(
  source: AlertSource,
  alerts: readonly Alert[],
  parts: TakeBatchParts,
): Promise<readonly AlertOutcome[]> {
  const inventory = parts.inventory()
  const dated = senders[source.type].forgetsStart ? await Promise.all(alerts.map(parts.withStart)) : alerts
  const read = dated.map((alert) => ({ alert, mapping: mapLabels(alert.labels, inventory, source.map) }))
  const batch = read.flatMap(({ alert, mapping }) => (mapping.ok ? [mappedAlert(alert, mapping, source)] : []))
  const taken = batch.length > 0 ? await parts.take(batch) : []
  const outcomes = joined(read, taken, inventory)
  await parts.keepUnmapped(listed(read, outcomes, source))
  for (const { alert, mapping } of read) {
    parts.metrics.alertReceived(source.name, alert.status)
    parts.metrics.alertMapped(source.name, outcomeOf(mapping))
  }
  return outcomes
}

interface ReadAlert {
  readonly alert: Alert
  readonly mapping: Mapping
}

function mappedAlert(
  alert: Alert,
  { hosts, site }: Extract<Mapping, { ok: true }>,
  { channel }: AlertSource,
): MappedAlert {
  return { alert, hosts, ...(site ? { site } : {}), ...(channel === undefined ? {} : { channel }) }
}

/** Outcomes in the order of the request; `taken` are those of its mapped alerts alone. */
function joined(
  read: readonly ReadAlert[],
  taken: readonly AlertTaken[],
  inventory: InventoryView,
): readonly AlertOutcome[] {
  let next = 0
  const reasons = new Map<string, string>()
  return read.map(({ alert: { id, labels }, mapping }) => {
    if (!mapping.ok) {
      const alike = `${mapping.because}\n${Object.keys(labels).join()}`
      const look = (): string =>
        reasons.size < mostNearest ? whyUnmapped(mapping, labels, inventory) : mapping.because
      const reason = reasons.get(alike) ?? look()
      reasons.set(alike, reason)
      return { id, kind: mapping.why === 'ambiguous' ? 'ambiguous' : 'unmapped', reason }
    }
    const what = taken[next++]
    if (!what) throw new RangeError('fewer alerts were taken than handed on')
    return { id, hosts: mapping.hosts, ...what }
  })
}

/** What is shown to people: of those that fire, each reason once. */
function listed(
  read: readonly ReadAlert[],
  outcomes: readonly AlertOutcome[],
  { name }: AlertSource,
): readonly UnmappedAlert[] {
  const byReason = new Map<string, UnmappedAlert>()
  for (const [index, { alert }] of read.entries()) {
    const outcome = outcomes[index]
    if (alert.status !== 'firing' || (outcome?.kind !== 'unmapped' && outcome?.kind !== 'ambiguous')) continue
    byReason.set(outcome.reason, { source: name, title: alert.title, because: outcome.reason })
  }
  return [...byReason.values()].slice(0, 100)
}

function outcomeOf(mapping: Mapping): 'mapped' | 'unmapped' | 'ambiguous' {
  if (mapping.ok) return 'mapped'
  return mapping.why === 'ambiguous' ? 'ambiguous' : 'unmapped'
}

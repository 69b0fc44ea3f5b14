/** What stands beside a diagnosis that alerts started: how many there are by now, and whether they are over. For people; nothing is decided by it. */
export interface AlertTally {
  /** Source of the first one, as it is called in the configuration. */
  readonly source: string
  /** Outbreaks, each counted once however often its sender repeated it. */
  readonly alerts: number
  /** Titles with how many outbreaks each, the most first; hostile text. */
  readonly titles: readonly { readonly title: string; readonly count: number }[]
  /** Outbreaks under further titles. */
  readonly others: number
  /** Inventory names. */
  readonly hosts: readonly string[]
  /** Outbreaks that the sender has not called over. */
  readonly firing: number
  /** Silenced or inhibited at the sender meanwhile. */
  readonly suppressed: number
  /** When the newest of them was called over, ISO; null: none. */
  readonly resolvedAt: string | null
  /** All of them are. */
  readonly over: boolean
}

/** Null: this thread was started by no alert. */
export type TallyOf = (threadId: string) => Promise<AlertTally | null>

/**
 * From the fields that Redis keeps of a conversation. What came both as a webhook and as a message in Slack is one alert:
 * of the two counts of a title the greater one holds.
 */
export function tallyFrom(
  fields: Readonly<Record<string, string>>,
  titles: Readonly<Record<string, string>>,
  hosts: readonly string[],
): AlertTally | null {
  if (fields['openedAt'] === undefined) return null
  const counts = new Map<string, number>()
  for (const [field, count] of Object.entries(titles)) {
    const title = field.slice(2)
    counts.set(title, Math.max(counts.get(title) ?? 0, number(count)))
  }
  const others = counts.get('') ?? 0
  counts.delete('')
  const named = [...counts].map(([title, count]) => ({ title, count }))
  const webhooks = number(fields['wtotal']) > 0
  const resolvedAt = number(fields['resolvedAt'])
  return {
    source: fields['source'] ?? '',
    alerts: named.reduce((sum, { count }) => sum + count, others),
    titles: named.toSorted((one, other) => other.count - one.count || one.title.localeCompare(other.title)),
    others,
    hosts,
    firing: number(fields[webhooks ? 'wfiring' : 'mfiring']),
    suppressed: number(fields['suppressed']),
    resolvedAt: resolvedAt > 0 ? new Date(resolvedAt).toISOString() : null,
    over: fields['over'] === '1',
  }
}

function number(text: string | undefined): number {
  const value = Number(text ?? '0')
  return Number.isSafeInteger(value) && value > 0 ? value : 0
}

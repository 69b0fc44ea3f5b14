import { createHash } from 'node:crypto'
import type { InventoryView } from '../../../commands/inventory-view.ts'
import type { Alert, MappedAlert, Origin } from '../alert.ts'
import { mapLabels } from '../map-labels.ts'
import type { MapRule } from '../map-rule.ts'
import { withoutState } from '../without-state.ts'
import { hostsNamed } from './hosts-named.ts'
import { labelsIn } from './labels.ts'
import { linesSaidNow } from './said-now.ts'
import { isResolved, type Sender, senderOf, senderWords } from './sender.ts'
import type { SlackMessage } from './slack-message.ts'

/** What an alert's message says about the hosts of the inventory. */
export type AlertMessageRead =
  | { readonly kind: 'alert'; readonly mapped: MappedAlert & { readonly origin: Origin }; readonly sender: Sender }
  /** It names no host: `unknown` looks like one, `nearest` are called nearly like it. */
  | (About & { readonly kind: 'no-host'; readonly unknown: string | null; readonly nearest: readonly string[] })
  /** It names so many that it is a list and not an alert. */
  | (About & { readonly kind: 'too-many'; readonly hosts: readonly string[] })

type About = Pick<Alert, 'source' | 'title' | 'status'>

/** More hosts than this in one message are a report, unless the configuration says otherwise. */
export const usualMostHosts = 5

export function readAlertMessage(
  message: SlackMessage,
  { channel, inventory, mostHosts = usualMostHosts, map = [] }: ReadingPlace,
): AlertMessageRead {
  const sender = senderOf(message)
  const resolved = isResolved(message)
  const lines = linesSaidNow(message.parts, resolved)
  const labels = labelsOf(lines, message, sender)
  const ruled = map.length === 0 ? null : mapLabels(labels, inventory, map)
  const { hosts, site, unknown, nearest } = ruled?.ok
    ? { ...ruled, unknown: null, nearest: [] }
    : hostsNamed(lines, inventory)
  const source = senderWords[sender]
  const title = withoutState(message.title) || 'an alert'
  const about: About = { source, title: title.slice(0, 200), status: resolved ? 'resolved' : 'firing' }
  if (hosts.length === 0) return { kind: 'no-host', ...about, unknown, nearest }
  if (hosts.length > mostHosts) return { kind: 'too-many', ...about, hosts }
  const alert: Alert = {
    ...about,
    // Fired again it has the same name, so that what says "resolved" finds it.
    id: idOf([channel, labels['alertname'] ?? plainTitle(title), ...hosts]),
    severity: (labels['severity'] ?? 'unknown').slice(0, 40),
    labels,
    startsAt: new Date(Math.floor(Number(message.ts) * 1000)).toISOString(),
  }
  const mapped = { alert, hosts, ...(site ? { site } : {}), origin: { channel, ts: message.ts } }
  return { kind: 'alert', mapped, sender }
}

interface ReadingPlace {
  /** Slack channel id. */
  readonly channel: string
  readonly inventory: InventoryView
  readonly mostHosts?: number | undefined
  /** How labels name hosts, before all that is found without. */
  readonly map?: readonly MapRule[] | undefined
}

/** The first value of each label, at most 40 of them. */
function labelsOf(lines: readonly string[], { title }: SlackMessage, sender: Sender): Alert['labels'] {
  const read = [...labelsIn(lines)].slice(0, 40).map(([name, [value = '']]) => [name, value] as const)
  const labels: Record<string, string> = Object.fromEntries(read)
  const name = labels['alertname'] ?? nameInSubject(title, sender)
  return name === null ? labels : { ...labels, alertname: name }
}

/** "[FIRING:1] HighErrorRate (web-1:9113 critical)": the values of the labels that it is grouped by come first, of which alertname is the first by its letter. */
function nameInSubject(title: string, sender: Sender): string | null {
  if (sender !== 'alertmanager' && sender !== 'grafana') return null
  const name = /^\[[^\]]{1,60}\] {1,3}([A-Za-z_][A-Za-z0-9_-]{2,99})(?= |$)/.exec(title)?.[1]
  return name ?? null
}

/** Without what changes from one message to the next. */
function plainTitle(title: string): string {
  return title.replace(/\d{1,20}/g, '#').toLowerCase()
}

function idOf(parts: readonly string[]): string {
  return `slack-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`
}

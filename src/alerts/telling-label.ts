import type { InventoryView } from '../../commands/inventory-view.ts'
import { indexOf } from './inventory-index.ts'
import { hostLabels, siteLabels } from './map-labels.ts'
import { readLabel, shown } from './read-label.ts'

const usual: readonly string[] = [...hostLabels, ...siteLabels]
/** Names of labels that are listed where none tells anything. */
const mostNames = 6

/**
 * A label beside the usual ones whose value does name something: `server=web-1:9113 names web-1: a rule for "server" would
 * find it`; '' when there is none. Only said to whoever writes the rules: such a label may name a host for any reason.
 */
export function tellingLabel(labels: Readonly<Record<string, string>>, inventory: InventoryView): string {
  const index = indexOf(inventory)
  for (const label of others(labels)) {
    const [reading] = readLabel(label, labels, index, false)
    if (reading && reading.not === undefined)
      return `${reading.label} names ${reading.site?.serverName ?? reading.hosts.join(', ')}: a rule for "${shown(label)}" would find it`
  }
  return ''
}

/** `it has cluster, pod and 3 more`; '' when it has none. */
export function labelNames(labels: Readonly<Record<string, string>>): string {
  const all = others(labels)
  const names = all.slice(0, mostNames).map(shown).join(', ')
  return all.length === 0 ? '' : `it has ${names}${all.length > mostNames ? ` and ${all.length - mostNames} more` : ''}`
}

function others(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(labels).filter((label) => !usual.includes(label))
}

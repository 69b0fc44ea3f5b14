import { allSites, type InventoryView } from '../../commands/inventory-view.ts'
import { nearest } from '../../commands/nearest.ts'
import { type Mapping, noneThere } from './map-labels.ts'
import { labelNames, tellingLabel } from './telling-label.ts'

/** Configurations of hosts may name very many, and each is compared letter by letter. */
const mostSites = 500

/** `instance=web-01.prod:9113: no host has that name; nearest web-1`, and which label would have helped where one is there. */
export function whyUnmapped(
  { why, because, unknown }: Extract<Mapping, { ok: false }>,
  labels: Readonly<Record<string, string>>,
  inventory: InventoryView,
): string {
  // Two hosts that contradict each other have labels enough.
  if (why === 'ambiguous') return because
  const near = unknown === null ? '' : nearestTo(unknown, inventory)
  const telling = tellingLabel(labels, inventory)
  const names = because === noneThere ? labelNames(labels) : ''
  return [because, near, telling === '' ? names : telling].filter((part) => part !== '').join('; ')
}

function nearestTo(unknown: string, inventory: InventoryView): string {
  const sites = allSites(inventory).filter((site) => !site.startsWith('*'))
  const names = [...inventory.hosts.keys(), ...sites.slice(0, mostSites)]
  // A name with its domain is nearest to the host without: that is what a rule is then written for.
  const [short = ''] = unknown.split('.')
  const same = names.find((name) => name.toLowerCase() === short)
  const near = same === undefined ? [...new Set([...nearest(unknown, names, 2), ...nearest(short, names, 2)])] : [same]
  return near.length === 0 ? '' : `nearest ${near.slice(0, 2).join(', ')}`
}

import { allSites, type InventoryView } from '../../commands/inventory-view.ts'
import { nearest } from '../../commands/nearest.ts'
import type { Mapping } from './map-labels.ts'

/** Configurations of hosts may name very many, and each is compared letter by letter. */
const mostSites = 500

/** `instance=web-01.prod:9113: no host has that name; nearest web-1`. Looking for the nearest costs: `look` says whether to. */
export function whyUnmapped(
  { because, unknown }: Extract<Mapping, { ok: false }>,
  inventory: InventoryView,
  look = true,
): string {
  if (unknown === null || !look) return because
  const sites = allSites(inventory).filter((site) => !site.startsWith('*'))
  const names = [...inventory.hosts.keys(), ...sites.slice(0, mostSites)]
  // A name with its domain is nearest to the host without: that is what a rule is then written for.
  const [short = ''] = unknown.split('.')
  const same = names.find((name) => name.toLowerCase() === short)
  const near = same === undefined ? [...new Set([...nearest(unknown, names, 2), ...nearest(short, names, 2)])] : [same]
  return near.length === 0 ? because : `${because}; nearest ${near.slice(0, 2).join(', ')}`
}

import { allSites, type InventoryView } from './inventory-view.ts'

type Learned = ReadonlyMap<string, readonly string[]>

/** An inventory is asked at every alert, and indexes are kept by its identity: the same two make the same one. */
const made = new WeakMap<InventoryView['hosts'], { readonly learned: Learned; readonly view: InventoryView }>()

/**
 * The inventory with the site names that diagnoses have read on its hosts, beside those that stand under `sites`. Other hosts are not added, and
 * what the inventory says of a site holds alone: a host cannot make itself one of those that serve it.
 */
export function withLearnedSites(inventory: InventoryView, learned: Learned): InventoryView {
  if (learned.size === 0) return { hosts: inventory.hosts }
  const before = made.get(inventory.hosts)
  if (before?.learned === learned) return before.view
  const view = { hosts: withNames(inventory, learned) }
  made.set(inventory.hosts, { learned, view })
  return view
}

function withNames(inventory: InventoryView, learned: Learned): InventoryView['hosts'] {
  const own = [...new Set(allSites(inventory).map((site) => site.toLowerCase()))]
  const [exact, wildcards] = [new Set(own), own.filter((site) => site.startsWith('*.'))]
  const isOwn = (name: string): boolean =>
    exact.has(name) || wildcards.some((each) => covers(each, name)) || own.some((site) => covers(name, site))
  return new Map(
    [...inventory.hosts].map(([name, host]) => {
      const names = (learned.get(name) ?? []).filter((each) => !isOwn(each))
      return [name, names.length === 0 ? host : { ...host, sites: [...(host.sites ?? []), ...names] }] as const
    }),
  )
}

function covers(wildcard: string, site: string): boolean {
  return wildcard.startsWith('*.') && site.endsWith(wildcard.slice(1))
}

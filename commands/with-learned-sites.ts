import type { InventoryView } from './inventory-view.ts'

/** The inventory with the site names that diagnoses have read on its hosts, beside those that stand under `sites`. Other hosts are not added. */
export function withLearnedSites(
  { hosts }: InventoryView,
  learned: ReadonlyMap<string, readonly string[]>,
): InventoryView {
  const known = [...hosts].map(([name, host]) => {
    const names = learned.get(name) ?? []
    return [
      name,
      names.length === 0 ? host : { ...host, sites: [...new Set([...(host.sites ?? []), ...names])] },
    ] as const
  })
  return { hosts: new Map(known) }
}

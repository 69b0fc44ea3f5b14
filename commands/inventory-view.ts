/** The part of an inventory host that a typed target is read against; no address and no key is needed for that. */
export interface HostView {
  readonly name: string
  readonly address?: string | undefined
  readonly addresses?: readonly string[] | undefined
  readonly sites?: readonly string[] | undefined
  readonly groups?: readonly string[] | undefined
  readonly act?: { readonly units?: readonly string[] | undefined; readonly nginx?: boolean | undefined } | undefined
}

export interface InventoryView {
  readonly hosts: ReadonlyMap<string, HostView>
}

/** The hosts that serve a site, by the `sites` of the inventory; "*.example.com" there covers one or more labels in front. */
export function hostsServing(inventory: InventoryView, site: string): readonly string[] {
  return [...inventory.hosts.values()]
    .filter((host) => (host.sites ?? []).some((served) => covers(served.toLowerCase(), site)))
    .map((host) => host.name)
}

/** Every site name of the inventory, once. */
export function allSites(inventory: InventoryView): readonly string[] {
  return [...new Set([...inventory.hosts.values()].flatMap((host) => host.sites ?? []))]
}

export function allGroups(inventory: InventoryView): readonly string[] {
  return [...new Set([...inventory.hosts.values()].flatMap((host) => host.groups ?? []))]
}

function covers(served: string, site: string): boolean {
  if (served === site) return true
  return served.startsWith('*.') && site.length > served.length - 1 && site.endsWith(served.slice(1))
}

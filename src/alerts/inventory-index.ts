import { hostsServing, type HostView, type InventoryView } from '../../commands/inventory-view.ts'
import { isLoopback, shortIp } from './label-value.ts'

/** Names and addresses of the inventory, for looking up thousands of labels a second. */
export interface InventoryIndex {
  /** Hosts of this name, whatever its letters' case; more than one only where they differ by case alone. */
  readonly named: (name: string) => readonly string[]
  /** Hosts that the inventory gives this address. Addresses are compared as text, never connected to and never resolved. */
  readonly at: (address: string) => readonly string[]
  readonly serving: (site: string) => readonly string[]
}

const indexes = new WeakMap<InventoryView['hosts'], InventoryIndex>()

/** Sites that were asked for are remembered; strangers cannot make it grow without end. */
const sitesRemembered = 2000

export function indexOf(inventory: InventoryView): InventoryIndex {
  const known = indexes.get(inventory.hosts)
  if (known) return known
  const index = makeIndex(inventory)
  indexes.set(inventory.hosts, index)
  return index
}

function makeIndex(inventory: InventoryView): InventoryIndex {
  const names = new Map<string, string[]>()
  const addresses = new Map<string, string[]>()
  const sites = new Map<string, readonly string[]>()
  for (const host of inventory.hosts.values()) {
    add(names, host.name.toLowerCase(), host.name)
    for (const address of new Set(addressesOf(host))) add(addresses, address, host.name)
  }
  return {
    named: (name) => names.get(name.toLowerCase()) ?? [],
    at: (address) => addresses.get(address) ?? [],
    serving: (site) => {
      const found = sites.get(site) ?? hostsServing(inventory, site)
      if (sites.size < sitesRemembered) sites.set(site, found)
      return found
    },
  }
}

function addressesOf({ address, addresses }: HostView): readonly string[] {
  return [...(address === undefined ? [] : [address]), ...(addresses ?? [])]
    .map(shortIp)
    .filter((each) => !isLoopback(each))
}

function add(into: Map<string, string[]>, key: string, host: string): void {
  into.set(key, [...(into.get(key) ?? []), host])
}

import { severalTargets, siteTitle, targetOf, wholeGroup } from './fleet-target.ts'
import { allSites, hostsServing } from './inventory-view.ts'
import type { InventoryView } from './inventory-view.ts'
import { nearest } from './nearest.ts'

/** One inventory host, and the site that was asked for when it was not the whole host. */
export interface Target {
  readonly host: string
  readonly site?: { readonly serverName: string; readonly path: string }
}

/** Two hosts or more that are asked for together; the site is judged first on each of them. */
export interface FleetTarget {
  /** As a person would name it: "group:edge", "shop.example.com/cart", "web-1, web-2 and 3 more". */
  readonly title: string
  readonly hosts: readonly string[]
  readonly site?: { readonly serverName: string; readonly path: string }
}

/** A target, or why it is none; `nearest` are targets that do exist, best first, as one would type them. */
export type TargetReading =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'fleet'; readonly fleet: FleetTarget }
  | { readonly kind: 'refused'; readonly because: string; readonly nearest: readonly string[] }

interface Named {
  readonly name: string
  readonly path: string
}

/**
 * Reads a target as chat, alert and command line give it: a host name of the inventory, a site or URL (every host that serves it, or
 * `shop.example.com on web-1`), `group:edge`, or several of them with spaces or commas. Nothing that was typed ever becomes an address: what the
 * inventory does not name is refused.
 */
export function readTarget(words: readonly string[], inventory: InventoryView): TargetReading {
  const [first, link, second] = words
  if (first === undefined)
    return refused('Which host? Name a host, a site or a URL.', [...inventory.hosts.keys()].slice(0, 3))
  if (words.length === 3 && second !== undefined && /^(?:on|at|@)$/i.test(link ?? ''))
    return siteOn(first, second, inventory)
  if (words.length > 1 || first.includes(',')) return severalTargets(words, inventory, readTarget)
  if (/^group:/i.test(first)) return wholeGroup(first.slice(6), inventory)
  if (first.startsWith('-'))
    return refused('That looks like an option, and I take none. Name a host, a site or a URL.', [])
  const named = nameIn(first)
  if (named === null) return refused('I cannot read that as a host, a site or a URL.', near(first, inventory))
  return lookUp(named, inventory)
}

/** The name and path of what was typed: without scheme, user, port, trailing dot, query and fragment. */
function nameIn(word: string): Named | null {
  const parts = /^(?:https?:\/\/)?(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:]+)(?::\d{1,5})?(\/[^?#]*)?(?:[?#].*)?$/i.exec(
    word,
  )
  const name = (parts?.[1] ?? '').toLowerCase().replace(/\.+$/, '')
  if (!/^[a-z0-9_.[\]:-]+$/.test(name) || name.startsWith('-')) return null
  return { name, path: parts?.[2] ?? '/' }
}

function lookUp({ name, path }: Named, inventory: InventoryView): TargetReading {
  const host = hostNamed(name, inventory)
  const serving = hostsServing(inventory, name)
  if (host !== undefined && (path === '/' || serving.length === 0)) return { kind: 'target', target: { host } }
  if (serving.length === 0) return unknownName(name, inventory)
  const site = { serverName: name, path }
  return targetOf({ title: siteTitle(site), hosts: serving, site })
}

function siteOn(word: string, hostWord: string, inventory: InventoryView): TargetReading {
  const named = nameIn(word)
  const host = hostNamed(nameIn(hostWord)?.name ?? '', inventory)
  if (named === null || host === undefined) return unknownName(nameIn(hostWord)?.name ?? hostWord, inventory)
  if (!hostsServing(inventory, named.name).includes(host)) {
    return refused(
      `The inventory does not say that ${host} serves ${named.name}.`,
      [host, ...hostsServing(inventory, named.name)].slice(0, 3),
    )
  }
  return { kind: 'target', target: { host, site: { serverName: named.name, path: named.path } } }
}

function unknownName(name: string, inventory: InventoryView): TargetReading {
  const byAddress = [...inventory.hosts.values()]
    .filter((host) => host.address?.toLowerCase() === name)
    .map((host) => host.name)
  if (byAddress.length > 0) {
    const named = byAddress.slice(0, 3).join(', ')
    return refused(`I go by the names of the inventory, not by addresses. ${name} is ${named}.`, byAddress)
  }
  if (/^[\d.]+$|^\[/.test(name))
    return refused(`I go by the names of the inventory, not by addresses. No host has ${name}.`, [])
  if (/^localhost(?:\.|$)/.test(name))
    return refused('localhost would be the machine that I run on. Name a host of the inventory.', [])
  return refused(`No host of the inventory is called ${name}, and none serves it.`, near(name, inventory))
}

function near(word: string, inventory: InventoryView): readonly string[] {
  return nearest(word, [...inventory.hosts.keys(), ...allSites(inventory).filter((site) => !site.startsWith('*'))])
}

function hostNamed(name: string, inventory: InventoryView): string | undefined {
  return [...inventory.hosts.keys()].find((host) => host.toLowerCase() === name)
}

function refused(because: string, nearestTargets: readonly string[]): TargetReading {
  return { kind: 'refused', because, nearest: nearestTargets }
}

import type { InventoryView } from '../../../commands/inventory-view.ts'
import { nearest } from '../../../commands/nearest.ts'
import type { MappedAlert } from '../alert.ts'
import { indexOf } from '../inventory-index.ts'
import { shortIp } from '../label-value.ts'
import { hostValues, labelsIn } from './labels.ts'

export interface HostsNamed {
  /** Names of the inventory, in its order; empty when the message names none. */
  readonly hosts: readonly string[]
  /** When exactly one site is named, and all of the hosts serve it. */
  readonly site?: NonNullable<MappedAlert['site']>
  /** What looks most like a host and is none; null when nothing does. */
  readonly unknown: string | null
  /** Hosts of the inventory that are called nearly like it. */
  readonly nearest: readonly string[]
}

/** Different words that are looked up; a longer list is no alert but an attempt to keep us busy. */
const mostWords = 800

/**
 * Hosts of the inventory that are named as whole words: by their name ("web-1", also "web-1:9113"), by an address of the inventory, or by a site
 * that they serve. Labels that say which host it is (instance, host) come before all else: a neighbour that the text mentions is not what fails.
 * Nothing is resolved or connected to.
 */
export function hostsNamed(lines: readonly string[], inventory: InventoryView): HostsNamed {
  const values = hostValues(labelsIn(lines))
  const labelled = lookUp(wordsIn(values), inventory)
  const found = labelled.size > 0 ? labelled : lookUp(wordsIn(lines), inventory)
  const sites = labelled.size > 0 ? sitesIn(lines, inventory) : found
  if (found.size > 0) return { ...named(found, sites, inventory), unknown: null, nearest: [] }
  const like = values.map((value) => wordsIn([value])[0]?.name ?? '').find((value) => value !== '') ?? hostLike(lines)
  return { hosts: [], unknown: like, nearest: like === null ? [] : nearest(like, [...inventory.hosts.keys()]) }
}

interface Word {
  readonly name: string
  /** Of a URL; null of a bare word. */
  readonly path: string | null
}

interface Place {
  readonly hosts: readonly string[]
  readonly path: string | null
  readonly isSite: boolean
}

function named(
  found: ReadonlyMap<string, Place>,
  sites: ReadonlyMap<string, Place>,
  { hosts: known }: InventoryView,
): Pick<HostsNamed, 'hosts' | 'site'> {
  // A host that is named itself is meant, and not the others that serve the same site.
  const own = [...found.values()].filter(({ isSite }) => !isSite)
  const meant = new Set((own.length > 0 ? own : [...found.values()]).flatMap(({ hosts }) => hosts))
  const hosts = [...known.keys()].filter((name) => meant.has(name))
  const [only, ...others] = [...sites].filter(([, { isSite }]) => isSite)
  if (only === undefined || others.length > 0 || !hosts.every((host) => only[1].hosts.includes(host))) return { hosts }
  return { hosts, site: { serverName: only[0], path: only[1].path ?? '/' } }
}

function lookUp(words: readonly Word[], inventory: InventoryView): ReadonlyMap<string, Place> {
  const { named: called, at, serving } = indexOf(inventory)
  const found = new Map<string, Place>()
  for (const { name, path } of words) {
    const own = called(name).length > 0 ? called(name) : at(shortIp(name))
    // An address that two hosts share (behind one NAT) says nothing.
    if (own.length === 1) found.set(name, { hosts: own, path, isSite: false })
    if (own.length > 0 || !name.includes('.')) continue
    const hosts = serving(name)
    if (hosts.length > 0) found.set(name, { hosts, path, isSite: true })
  }
  return found
}

function sitesIn(lines: readonly string[], inventory: InventoryView): ReadonlyMap<string, Place> {
  return lookUp(
    wordsIn(lines).filter(({ name }) => name.includes('.')),
    inventory,
  )
}

const url = /\bhttps?:\/\/([^\s/?#<>"'|\])}]{1,300})([^\s<>"'|\])}?#]{0,1000})[^\s<>"'|\])}]{0,2000}/gi

/** Whole words in small letters, without port and final dot. Of a URL its host and path, and nothing else in it; addresses of people (ops@web-1) not at all. */
function wordsIn(lines: readonly string[]): readonly Word[] {
  const found = new Map<string, Word>()
  for (const line of lines) {
    const rest = line.replace(url, (_whole, authority: string, path: string) => {
      const name = bare(authority.replace(/^.*@/, '').replace(/:\d{1,5}$/, ''))
      if (found.size < mostWords && found.get(name)?.path == null) found.set(name, { name, path: path || '/' })
      return ' '
    })
    for (const word of rest.split(/[^\p{L}\p{N}_.@:[\]-]+/u)) {
      const name = bare(withoutPort(word))
      if (name === '' || name.includes('@') || found.has(name)) continue
      if (found.size >= mostWords) return [...found.values()]
      found.set(name, { name, path: null })
    }
  }
  return [...found.values()]
}

/** "host:web-1" and "web-1:9113" are two words each, "[2001:db8::1]:443" and "2001:db8::1" are one. */
function withoutPort(word: string): string {
  const bracketed = /^\[([0-9a-f:.]{2,45})\](?::\d{1,5})?$/i.exec(word)
  if (bracketed !== null) return bracketed[1] ?? ''
  return /^[^:]{1,300}:\d{1,5}$/.test(word) ? word.replace(/:\d{1,5}$/, '') : word
}

function bare(word: string): string {
  return word
    .toLowerCase()
    .replace(/^[.:[\]-]{1,20}/, '')
    .replace(/[.:[\]-]{1,20}$/, '')
}

/** A word such as web-17 or edge03.example.com. */
function hostLike(lines: readonly string[]): string | null {
  const words = wordsIn(lines).map(({ name }) => name)
  return words.find((word) => /^[a-z][a-z0-9.-]{0,60}[a-z.-]\d{1,4}(?:\.[a-z0-9.-]{1,100})?$/.test(word)) ?? null
}

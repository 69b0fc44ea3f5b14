import { allGroups, type InventoryView } from './inventory-view.ts'
import { nearest } from './nearest.ts'
import type { FleetTarget, Target, TargetReading } from './target.ts'

type Read = (words: readonly string[], inventory: InventoryView) => TargetReading

/** Names of hosts in a title; more are counted. */
const named = 3

/** `group:edge`: every host of it. */
export function wholeGroup(group: string, inventory: InventoryView): TargetReading {
  const members = [...inventory.hosts.values()].filter((host) => host.groups?.includes(group)).map((host) => host.name)
  if (members.length > 0) return targetOf({ title: `group:${group}`, hosts: members })
  const known = nearest(group, allGroups(inventory)).map((name) => `group:${name}`)
  return { kind: 'refused', because: `There is no group ${group.slice(0, 80)} in the inventory.`, nearest: known }
}

/** `web-1 web-2`, `web-1,web-2`, `group:edge and web-9`: the hosts of each, once. A word that names nothing refuses them all. */
export function severalTargets(words: readonly string[], inventory: InventoryView, read: Read): TargetReading {
  const asked = words.flatMap((word) => word.split(',')).filter((word) => word !== '' && !/^(?:and|&)$/i.test(word))
  const readings = asked.map((word) => ({ word, reading: read([word], inventory) }))
  const fleets = readings.flatMap(({ reading }) => (reading.kind === 'refused' ? [] : [asFleet(reading)]))
  const unknown = readings.find(({ reading }) => reading.kind === 'refused')
  if (unknown?.reading.kind === 'refused') {
    const rest = fleets.map(({ title }) => title)
    const known = [...(rest.length > 1 ? [rest.join(' ')] : rest), ...unknown.reading.nearest]
    return { kind: 'refused', because: unknown.reading.because, nearest: [...new Set(known)].slice(0, 3) }
  }
  const [first] = fleets
  if (first === undefined)
    return { kind: 'refused', because: 'Which hosts? Name them with spaces between.', nearest: [] }
  if (fleets.every(({ title }) => title === first.title)) return targetOf(first)
  return targetOf({ title: titleOf(fleets), hosts: [...new Set(fleets.flatMap(({ hosts }) => hosts))] })
}

/** One host is no fleet. */
export function targetOf({ title, hosts, site }: FleetTarget): TargetReading {
  const [only, ...others] = hosts
  const at = site === undefined ? {} : { site }
  if (only === undefined || others.length > 0) return { kind: 'fleet', fleet: { title, hosts, ...at } }
  return { kind: 'target', target: { host: only, ...at } }
}

function asFleet(reading: Exclude<TargetReading, { kind: 'refused' }>): FleetTarget {
  if (reading.kind === 'fleet') return reading.fleet
  const { host, site } = reading.target
  return { title: site === undefined ? host : siteTitle(site), hosts: [host], ...(site === undefined ? {} : { site }) }
}

export function siteTitle({ serverName, path }: NonNullable<Target['site']>): string {
  return `${serverName}${path === '/' ? '' : path}`.slice(0, 100)
}

function titleOf(fleets: readonly FleetTarget[]): string {
  const titles = [...new Set(fleets.map(({ title }) => title))]
  const shown = titles.slice(0, named).join(', ')
  return titles.length > named ? `${shown} and ${titles.length - named} more` : shown
}

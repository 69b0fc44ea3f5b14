import type { InventoryView } from '../../commands/inventory-view.ts'
import { indexOf } from './inventory-index.ts'
import type { MapRule } from './map-rule.ts'
import { type Reading, readByRule, readLabel, type Site } from './read-label.ts'

export type Mapping =
  | {
      readonly ok: true
      /** Names of the inventory, at least one. */
      readonly hosts: readonly string[]
      readonly site?: Site
      /** `instance=web-1:9113 is web-1` */
      readonly because: string
    }
  | {
      readonly ok: false
      readonly why: 'nothing' | 'ambiguous'
      /** `instance=web-01.prod:9113: no host has that name` */
      readonly because: string
      /** The name that no host has, for finding the nearest one. */
      readonly unknown: string | null
    }

/** Labels that name a host, as exporters and agents write them (Prometheus, node_exporter, Datadog); a site is understood there too. */
export const hostLabels = ['instance', 'host', 'hostname', 'nodename', 'node'] as const
/** Labels that name a site, else a host; blackbox_exporter's own is `target` before relabelling and `instance` after it. */
export const siteLabels = ['target', 'url', 'site'] as const
/** Why an alert without any of them is about nothing. */
export const noneThere = `none of the labels ${[...hostLabels, ...siteLabels].join(', ')} is there, and no rule fits`

/**
 * Which hosts of the inventory these labels are about. The first rule that names something known decides; without one all
 * the usual labels are read and must agree. What could be two hosts is none: an alert is never guessed at.
 */
export function mapLabels(
  labels: Readonly<Record<string, string>>,
  inventory: InventoryView,
  rules: readonly MapRule[] = [],
): Mapping {
  const index = indexOf(inventory)
  const byRules = rules.flatMap((rule) => readByRule(rule, labels, index))
  const ruled = byRules.find(({ not }) => not === undefined)
  if (ruled) return found(ruled.hosts, ruled.site, [ruled])
  const usual = [
    ...hostLabels.flatMap((label) => readLabel(label, labels, index, false)),
    ...siteLabels.flatMap((label) => readLabel(label, labels, index, true)),
  ]
  return agree([...byRules, ...usual])
}

function agree(readings: readonly Reading[]): Mapping {
  const unsure = readings.find(({ not }) => not?.ambiguous)
  const known = readings.filter(({ not }) => not === undefined)
  const sites = known.filter(({ site }) => site !== undefined)
  const plain = known.filter(({ site }) => site === undefined)
  if (known.length === 0) return unmapped(unsure ?? readings[0])
  const [site, otherSite] = distinct(sites, (reading) => reading.site?.serverName ?? '')
  const [host, otherHost] = distinct(plain, (reading) => reading.hosts.join())
  const [one, two] = otherHost ? [host, otherHost] : [site, otherSite]
  if (one && two) return disagree(one, two)
  if (!host) return found(site?.hosts ?? [], site?.site, sites)
  if (!site) return found(host.hosts, undefined, plain)
  // A host and a site it serves: that site on that host.
  if (!host.hosts.every((each) => site.hosts.includes(each))) return disagree(host, site)
  return found(host.hosts, site.site, [host, site])
}

function distinct(readings: readonly Reading[], key: (reading: Reading) => string): readonly Reading[] {
  return [...new Map(readings.map((reading) => [key(reading), reading] as const).toReversed()).values()].toReversed()
}

function disagree(one: Reading, two: Reading): Mapping {
  const because = `${one.label} is ${one.hosts.slice(0, 5).join(', ')}, ${two.label} is ${two.hosts.slice(0, 5).join(', ')}`
  return { ok: false, why: 'ambiguous', because, unknown: null }
}

function unmapped(reading: Reading | undefined): Mapping {
  if (!reading?.not) return { ok: false, why: 'nothing', because: noneThere, unknown: null }
  const { because, unknown, ambiguous } = reading.not
  return { ok: false, why: ambiguous ? 'ambiguous' : 'nothing', because: `${reading.label}: ${because}`, unknown }
}

function found(hosts: readonly string[], site: Site | undefined, from: readonly Reading[]): Mapping {
  const what = site ? `${site.serverName} on ${hosts.join(', ')}` : hosts.join(', ')
  const because = `${[...new Set(from.map(({ label }) => label))].join(', ')} is ${what}`
  return { ok: true, hosts, ...(site ? { site } : {}), because }
}

import type { InventoryView } from '../../commands/inventory-view.ts'
import { indexOf, type InventoryIndex } from './inventory-index.ts'
import { isLoopback, type NamedValue, readLabelValue } from './label-value.ts'
import { applyRule, type MapRule } from './map-rule.ts'

export interface Site {
  readonly serverName: string
  readonly path: string
}

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
/** Labels that name a site; blackbox_exporter's own is `target` before relabelling and `instance` after it. */
export const siteLabels = ['target', 'url', 'site'] as const

interface Reading {
  /** `instance=web-1:9113` */
  readonly label: string
  readonly hosts: readonly string[]
  readonly site?: Site
  /** Why it is nothing, or not one thing. */
  readonly not?: { readonly because: string; readonly unknown: string | null; readonly ambiguous: boolean }
}

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
    ...hostLabels.flatMap((label) => read(label, valueOf(labels, label), index, false)),
    ...siteLabels.flatMap((label) => read(label, valueOf(labels, label), index, true)),
  ]
  return agree([...byRules, ...usual])
}

function readByRule(rule: MapRule, labels: Readonly<Record<string, string>>, index: InventoryIndex): Reading[] {
  const value = valueOf(labels, rule.label)
  const made = value === undefined ? null : applyRule(rule, value)
  if (value === undefined || made === null) return []
  return read(rule.label, made, index, rule.site !== undefined).map((reading) => ({
    ...reading,
    label: made === value ? reading.label : `${said(rule.label, value)} (by its rule ${shown(made)})`,
  }))
}

function read(label: string, value: string | undefined, index: InventoryIndex, siteOnly: boolean): Reading[] {
  if (value === undefined || value === '') return []
  const named = readLabelValue(value)
  return [{ label: said(label, value), ...understand(named, index, siteOnly) }]
}

function understand(named: NamedValue | null, index: InventoryIndex, siteOnly: boolean): Omit<Reading, 'label'> {
  if (named === null) return nothing('it is no name of a host or a site', null)
  const { name, path, url } = named
  if (isLoopback(name)) return nothing('that is whichever machine the sender is', null)
  const serving = index.serving(name)
  const site = serving.length > 0 ? { hosts: serving, site: { serverName: name, path } } : null
  if (site && (url || siteOnly)) return site
  const hosts = siteOnly ? [] : index.named(name)
  if (hosts.length > 0) return oneOf(hosts, 'are called that')
  if (site) return site
  const at = index.at(name)
  if (at.length > 0) return oneOf(at, 'have that address')
  return nothing(siteOnly ? 'no host serves that site' : 'no host has that name', name)
}

function oneOf(hosts: readonly string[], what: string): Omit<Reading, 'label'> {
  if (hosts.length === 1) return { hosts }
  const some = hosts.slice(0, 5).join(', ')
  return { hosts: [], not: { because: `${hosts.length} hosts ${what}: ${some}`, unknown: null, ambiguous: true } }
}

function nothing(because: string, unknown: string | null): Omit<Reading, 'label'> {
  return { hosts: [], not: { because, unknown, ambiguous: false } }
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
  if (!reading?.not) {
    const because = `none of the labels ${[...hostLabels, ...siteLabels].join(', ')} is there, and no rule fits`
    return { ok: false, why: 'nothing', because, unknown: null }
  }
  const { because, unknown, ambiguous } = reading.not
  return { ok: false, why: ambiguous ? 'ambiguous' : 'nothing', because: `${reading.label}: ${because}`, unknown }
}

function found(hosts: readonly string[], site: Site | undefined, from: readonly Reading[]): Mapping {
  const what = site ? `${site.serverName} on ${hosts.join(', ')}` : hosts.join(', ')
  const because = `${[...new Set(from.map(({ label }) => label))].join(', ')} is ${what}`
  return { ok: true, hosts, ...(site ? { site } : {}), because }
}

function valueOf(labels: Readonly<Record<string, string>>, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined
}

function said(label: string, value: string): string {
  return `${shown(label)}=${shown(value)}`
}

/** For logs, the command line and Slack, where it is escaped: one line, of a length that can be read. */
function shown(text: string): string {
  const line = text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

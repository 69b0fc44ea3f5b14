import type { InventoryIndex } from './inventory-index.ts'
import { isLoopback, type NamedValue, readLabelValue } from './label-value.ts'
import { applyRule, type MapRule } from './map-rule.ts'

export interface Site {
  readonly serverName: string
  readonly path: string
}

/** What one label says. */
export interface Reading {
  /** `instance=web-1:9113` */
  readonly label: string
  readonly hosts: readonly string[]
  readonly site?: Site
  /** Why it is nothing, or not one thing. */
  readonly not?: { readonly because: string; readonly unknown: string | null; readonly ambiguous: boolean }
}

/** What one of the usual labels names; nothing when it is not there. */
export function readLabel(
  label: string,
  labels: Readonly<Record<string, string>>,
  index: InventoryIndex,
  siteFirst: boolean,
): readonly Reading[] {
  return understandValue(label, valueOf(labels, label), index, siteFirst)
}

/** What a rule makes of its label; nothing when the label is not there or does not fit. */
export function readByRule(rule: MapRule, labels: Readonly<Record<string, string>>, index: InventoryIndex): Reading[] {
  const value = valueOf(labels, rule.label)
  const made = value === undefined ? null : applyRule(rule, value)
  if (value === undefined || made === null) return []
  return understandValue(rule.label, made, index, rule.site !== undefined).map((reading) => ({
    ...reading,
    label: made === value ? reading.label : `${said(rule.label, value)} (by its rule ${shown(made)})`,
  }))
}

function understandValue(
  label: string,
  value: string | undefined,
  index: InventoryIndex,
  siteFirst: boolean,
): Reading[] {
  if (value === undefined || value === '') return []
  const named = readLabelValue(value)
  return [{ label: said(label, value), ...understand(named, index, siteFirst) }]
}

function understand(named: NamedValue | null, index: InventoryIndex, siteFirst: boolean): Omit<Reading, 'label'> {
  if (named === null) return nothing('it is no name of a host or a site', null)
  const { name, path, url } = named
  if (isLoopback(name)) return nothing('that is whichever machine the sender is', null)
  const serving = index.serving(name)
  const site = serving.length > 0 ? { hosts: serving, site: { serverName: name, path } } : null
  if (site && (url || siteFirst)) return site
  const hosts = index.named(name)
  if (hosts.length > 0) return oneOf(hosts, 'are called that')
  if (site) return site
  const at = index.at(name)
  if (at.length > 0) return oneOf(at, 'have that address')
  return nothing(siteFirst ? 'no host serves that site' : 'no host has that name', name)
}

function oneOf(hosts: readonly string[], what: string): Omit<Reading, 'label'> {
  if (hosts.length === 1) return { hosts }
  const some = hosts.slice(0, 5).join(', ')
  return { hosts: [], not: { because: `${hosts.length} hosts ${what}: ${some}`, unknown: null, ambiguous: true } }
}

function nothing(because: string, unknown: string | null): Omit<Reading, 'label'> {
  return { hosts: [], not: { because, unknown, ambiguous: false } }
}

function valueOf(labels: Readonly<Record<string, string>>, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined
}

function said(label: string, value: string): string {
  return `${shown(label)}=${shown(value)}`
}

/** For logs, the command line and Slack, where it is escaped: one line, of a length that can be read. */
export function shown(text: string): string {
  const line = text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

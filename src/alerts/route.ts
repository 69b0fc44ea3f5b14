import { hostsServing, type InventoryView } from '../../commands/inventory-view.ts'
import type { Alert } from './alert.ts'

/** Where threads of alerts go, from gatemedic.yml: the host's channel, else that of one of its groups, else the default. */
export interface AlertChannels {
  readonly default?: string | undefined
  readonly hosts: Readonly<Record<string, string>>
  readonly groups: Readonly<Record<string, string>>
}

export type Route =
  | {
      readonly ok: true
      readonly host: string
      readonly channel: string
      readonly site?: { readonly serverName: string; readonly path: string }
    }
  | { readonly ok: false; readonly reason: string }

/** Which inventory host an alert is about, and which channel hears of it. Exact names only: an alert is never guessed at. */
export function routeAlert(
  { subject }: Pick<Alert, 'subject'>,
  inventory: InventoryView,
  channels: AlertChannels,
): Route {
  const name = 'host' in subject ? subject.host : siteHost(inventory, subject.site)
  const host = name === null ? undefined : inventory.hosts.get(name)
  if (!host) {
    const what =
      'host' in subject ? 'no host of the inventory has that name' : 'no host of the inventory serves that site'
    return { ok: false, reason: what }
  }
  const group = (host.groups ?? []).find((each) => Object.hasOwn(channels.groups, each))
  const own = Object.hasOwn(channels.hosts, host.name) ? channels.hosts[host.name] : undefined
  const channel = own ?? (group === undefined ? undefined : channels.groups[group]) ?? channels.default
  if (!channel) return { ok: false, reason: `no channel is configured for ${host.name} (channels in gatemedic.yml)` }
  const site = 'site' in subject ? { site: { serverName: subject.site.toLowerCase(), path: '/' } } : {}
  return { ok: true, host: host.name, channel, ...site }
}

/** The first host that serves it; more than one come in the order of the inventory. */
function siteHost(inventory: InventoryView, site: string): string | null {
  return hostsServing(inventory, site.toLowerCase())[0] ?? null
}

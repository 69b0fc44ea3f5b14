import { hostsServing, type InventoryView } from '../../commands/inventory-view.ts'
import type { Alert, MappedAlert } from './alert.ts'

/** Where threads of alerts go, from gatemedic.yml: the host's channel, else that of one of its groups, else the default. */
export interface AlertChannels {
  readonly default?: string | undefined
  readonly hosts: Readonly<Record<string, string>>
  readonly groups: Readonly<Record<string, string>>
}

/** The channel of this host, or null when none is configured for it. */
export function channelOf(host: string, inventory: InventoryView, channels: AlertChannels): string | null {
  const group = (inventory.hosts.get(host)?.groups ?? []).find((each) => Object.hasOwn(channels.groups, each))
  const own = Object.hasOwn(channels.hosts, host) ? channels.hosts[host] : undefined
  return own ?? (group === undefined ? undefined : channels.groups[group]) ?? channels.default ?? null
}

export type Mapped =
  | { readonly ok: true; readonly mapped: MappedAlert }
  | { readonly ok: false; readonly reason: string }

/** Which inventory hosts an alert is about. Exact names only: an alert is never guessed at. */
export function mapAlert(alert: Alert, inventory: InventoryView): Mapped {
  const { host, site } = alert.labels
  if (host !== undefined)
    return inventory.hosts.has(host)
      ? { ok: true, mapped: { alert, hosts: [host] } }
      : { ok: false, reason: 'no host of the inventory has that name' }
  const serverName = (site ?? '').toLowerCase()
  const hosts = hostsServing(inventory, serverName)
  if (hosts.length === 0) return { ok: false, reason: 'no host of the inventory serves that site' }
  return { ok: true, mapped: { alert, hosts, site: { serverName, path: '/' } } }
}

import type { InventoryView } from '../../commands/inventory-view.ts'

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

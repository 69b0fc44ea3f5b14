import type { HostView, InventoryView } from '../../commands/inventory-view.ts'

/** A small edge: two hosts that share one site, a read-only one, one whose name looks like a domain. */
export function inventoryOfTests(): InventoryView {
  const hosts: readonly HostView[] = [
    {
      name: 'web-1',
      address: '192.0.2.10',
      sites: ['shop.example.com', 'Pay.example.com', 'www.example.com'],
      groups: ['edge'],
      act: { units: ['checkout-api.service'], nginx: true },
    },
    { name: 'web-2', address: '192.0.2.11', sites: ['www.example.com', '*.apps.example.com'], groups: ['edge'] },
    { name: 'db.internal', address: '192.0.2.12' },
  ]
  return { hosts: new Map(hosts.map((host) => [host.name, host])) }
}

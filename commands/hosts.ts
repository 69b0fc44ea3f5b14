import type { Command, HostEntry } from './command.ts'
import type { HostView } from './inventory-view.ts'

/** `/nginx hosts`: the hosts that can be asked for, with their sites. */
export const hosts: Command = {
  name: 'hosts',
  usage: 'hosts',
  summary: 'List the hosts I know, with their sites and what I may start there.',
  run: async (_args, { inventory }) => ({ kind: 'hosts', hosts: [...inventory.hosts.values()].map(entry) }),
}

function entry(host: HostView): HostEntry {
  return { name: host.name, groups: host.groups ?? [], sites: host.sites ?? [], acts: acts(host) }
}

function acts({ act }: HostView): string {
  if (act === undefined) return 'read-only'
  const may = [...(act.units ?? []), ...(act.nginx === true ? ['nginx'] : [])]
  return may.length === 0 ? 'read-only' : `may act on ${may.join(', ')}`
}

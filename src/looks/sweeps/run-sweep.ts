import { createHash } from 'node:crypto'
import type { InventoryView } from '../../../commands/inventory-view.ts'
import type { Desk } from '../../jobs/desk.ts'
import type { ThreadStore } from '../../jobs/thread.ts'
import type { Logger } from '../../log.ts'
import type { GroupSweepStore } from './group-sweep.ts'
import type { SweepEntry } from './sweeps-config.ts'

export interface RunSweepParts {
  readonly sweeps: Pick<GroupSweepStore, 'open'>
  readonly desk: Pick<Desk, 'look'>
  readonly threads: Pick<ThreadStore, 'find' | 'open'>
  readonly inventory: () => InventoryView
  readonly now: () => Date
  readonly log: Logger
}

/** So long the answers of all hosts are waited for at least, and so much longer for each host, ms. */
const patience = { least: 15 * 60_000, perHost: 20_000 } as const

/** Under which the timetable knows it: another group, channel or time is another sweep. */
export function keyOfSweep({ group, at, timezone, channel }: SweepEntry): string {
  return hashed(JSON.stringify([group, at, timezone, channel])).slice(0, 16)
}

export const noHosts = 'no host of the inventory is in the group of a sweep'

export function hostsOfSweep(group: string, { hosts }: InventoryView): readonly string[] {
  const name = nameOf(group)
  const all = [...hosts.values()]
  return (name === 'all' ? all : all.filter(({ groups }) => groups?.includes(name))).map((host) => host.name)
}

function nameOf(group: string): string {
  return group.replace(/^group:/i, '')
}

/** Has every host of the group looked at. Begun again with the same id it asks nothing twice. */
export async function runSweep({ group, channel }: SweepEntry, id: string, parts: RunSweepParts): Promise<void> {
  const { sweeps, desk, threads, inventory, now, log } = parts
  const hosts = hostsOfSweep(group, inventory())
  if (hosts.length === 0) return log.error({ group }, noHosts)
  const name = nameOf(group)
  const title = name === 'all' ? 'all hosts' : `group:${name}`
  const requester = { kind: 'alert', source: 'sweep', title: `sweep of ${title}` } as const
  const deadline = new Date(now().getTime() + patience.least + hosts.length * patience.perHost).toISOString()
  if ((await threads.find(id)) === null)
    await threads.open({ id, channel, rootTs: null, threadTs: null, requester, via: 'root', look: 'sweep' })
  await sweeps.open({ id, title, hosts, startedAt: now().toISOString(), deadline })
  await desk.look({
    threadId: id,
    requester,
    looks: hosts.map((host) => ({ id: `${id}.${hashed(host).slice(0, 12)}`, host })),
  })
  log.info({ group, hosts: hosts.length, threadId: id }, 'a sweep begins')
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

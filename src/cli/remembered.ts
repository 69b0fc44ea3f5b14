import { type ConfigFile, loadConfigFile } from '../config-file.ts'
import { loadInventory } from '../host/inventory.ts'
import type { HistoryEntry } from '../history/entry.ts'
import { rememberedHosts } from '../history/remembered-hosts.ts'
import { historyReader } from '../history/store.ts'
import { createLog } from '../log.ts'
import { openRedis, type RedisClient, RedisUnreachableError } from '../redis.ts'
import { readPublicKeys } from '../signing/key-files.ts'
import { UsageError } from './exit-codes.ts'

export interface RememberedOptions {
  readonly config: string
  readonly redis: string
  readonly days: number
  readonly group?: string
}

export interface Remembered {
  readonly client: RedisClient
  readonly file: ConfigFile
  readonly hosts: readonly string[]
  readonly entries: readonly HistoryEntry[]
  /** So many more were not what bot or worker wrote. */
  readonly left: number
  readonly from: Date
  readonly to: Date
}

/** Reads what is remembered, and changes nothing; the connection is closed when `use` is done. */
export async function withRemembered(
  options: RememberedOptions,
  use: (remembered: Remembered) => Promise<void>,
): Promise<void> {
  const file = await loadConfigFile(options.config)
  const keys = await readPublicKeys(file.keysDir)
  const client = await openRedis(options.redis, 'ask', { log: createLog('silent'), budgetMs: 2000 }).catch(
    (error: unknown) => {
      throw error instanceof RedisUnreachableError ? new UsageError(error.message, error) : error
    },
  )
  try {
    const to = new Date()
    const from = new Date(to.getTime() - options.days * 86_400_000)
    const hosts = await hostsOf(options.group, file, client)
    const history = historyReader({ client, ...keys, days: file.historyDays, now: () => to })
    const read = []
    for (const host of hosts) read.push(await history.of(host, { from, to }))
    const left = read.reduce((sum, each) => sum + each.left, 0)
    await use({ client, file, hosts, entries: read.flatMap(({ entries }) => entries), left, from, to })
  } finally {
    client.disconnect()
  }
}

async function hostsOf(group: string | undefined, file: ConfigFile, client: RedisClient): Promise<readonly string[]> {
  if (group === undefined) return rememberedHosts(client)
  const { hosts } = await loadInventory(file.inventory)
  const members = [...hosts.values()].filter(({ groups }) => groups.includes(group)).map(({ name }) => name)
  if (members.length === 0) throw new UsageError(`no host of ${file.inventory} is in the group ${group}`)
  return members
}

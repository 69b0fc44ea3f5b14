import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Desk } from '../jobs/desk.ts'
import { startTimed } from '../jobs/queue-sweeps.ts'
import { startSweep } from '../jobs/sweep.ts'
import type { ThreadStore } from '../jobs/thread.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { cronOf } from './sweeps/at.ts'
import type { GroupSweepStore } from './sweeps/group-sweep.ts'
import { createGroupSweepStore } from './sweeps/group-sweep-store.ts'
import { hostsOfSweep, keyOfSweep, noHosts, runSweep } from './sweeps/run-sweep.ts'
import type { SweepEntry } from './sweeps/sweeps-config.ts'
import { lookDue } from './watches/look-due.ts'
import type { Watch, WatchStore } from './watches/watch.ts'
import { createWatchStore } from './watches/watch-store.ts'

export interface LooksParts {
  /** An `ask` client: a person waits for the answer. */
  readonly client: RedisClient
  /** A `work` client: queues wait on it. */
  readonly work: RedisClient
  /** gatemedic.yml */
  readonly file: { readonly lookEverySeconds: number; readonly sweeps: readonly SweepEntry[] }
  readonly inventory: () => InventoryView
  readonly now: () => Date
  readonly log: Logger
}

export interface Looks {
  readonly watching: { readonly store: WatchStore; readonly everySeconds: number }
  readonly groupSweeps: GroupSweepStore
  /** Looks are asked for from now on. */
  readonly start: (
    desk: Pick<Desk, 'look'>,
    threads: Pick<ThreadStore, 'find' | 'open'>,
    slack: { readonly tellWatchEnd: (watch: Watch) => Promise<void>; readonly showGroupSweeps: () => Promise<void> },
  ) => Promise<{ readonly close: () => Promise<void> }>
}

/** How often it is seen which looks are due, and which sweeps are complete, ms. */
const every = { watches: 1000, sweeps: 2000 } as const

/** What the clock asks for: the bot's, as only a bot may ask for diagnoses. */
export function createLooks({ client, work, file, inventory, now, log }: LooksParts): Looks {
  const everySeconds = file.lookEverySeconds
  const store = createWatchStore(client, everySeconds * 1000)
  const groupSweeps = createGroupSweepStore(client)
  const knows = (host: string) => inventory().hosts.has(host)
  const entries = new Map(file.sweeps.map((entry) => [keyOfSweep(entry), entry]))
  return {
    watching: { store, everySeconds },
    groupSweeps,
    start: async (desk, threads, { tellWatchEnd, showGroupSweeps }) => {
      const timed = [...entries].map(([key, { at, timezone }]) => ({ key, pattern: cronOf(at) ?? '', timezone }))
      const parts = { sweeps: groupSweeps, desk, threads, inventory, now, log }
      const run = async (key: string, runId: string) => {
        // What stands in Redis names an entry of our own configuration, and nothing else.
        const entry = entries.get(key)
        if (entry) await runSweep(entry, runId, parts)
      }
      // Else it would be heard of in a week. The inventory may be read again until then.
      for (const { group } of file.sweeps)
        if (hostsOfSweep(group, inventory()).length === 0) log.error({ group }, noHosts)
      const due = { watches: store, desk, knows, tellEnd: tellWatchEnd, now, log }
      const started = [
        await startTimed(work, timed, run, log),
        startSweep('watches', () => lookDue(due), every.watches, log),
        startSweep('group sweeps', showGroupSweeps, every.sweeps, log),
      ]
      return { close: async () => void (await Promise.all(started.map((each) => each.close()))) }
    },
  }
}

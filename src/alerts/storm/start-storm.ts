import type { InventoryView } from '../../../commands/inventory-view.ts'
import type { Desk } from '../../jobs/desk.ts'
import { startSweep } from '../../jobs/sweep.ts'
import type { ThreadStore } from '../../jobs/thread.ts'
import type { Logger } from '../../log.ts'
import type { RedisClient } from '../../redis.ts'
import type { Keys } from '../../signing/key-files.ts'
import type { AlertChannels } from '../route.ts'
import { type WaitSettings, waitForMessages } from '../rendezvous.ts'
import { createTakeAlerts, type TakeAlerts } from '../take-alerts.ts'
import { type AlertThreads, createAlertThreads } from './alert-threads.ts'
import { beginCases } from './begin-cases.ts'
import type { Cases } from './alert-case.ts'
import { createCases } from './cases.ts'
import { createMuteDesk, type MuteDesk, type MuteDeskParts } from './mute-desk.ts'
import { createMutes, mutes, type Mutes } from './mutes.ts'
import { readStatus, type Status, type StatusParts } from './status.ts'
import { createUntold, type Untold } from './untold.ts'

export interface StormParts {
  /** An `ask` client: a sender waits for the answer. */
  readonly client: RedisClient
  readonly keys: Pick<Keys, 'signer' | 'bot'>
  /** gatemedic.yml */
  readonly file: {
    readonly channels: AlertChannels
    readonly alerts?: AlertSettings | undefined
  }
  readonly inventory: () => InventoryView
  readonly now: () => Date
  readonly newId: () => string
  readonly log: Logger
}

interface AlertSettings extends WaitSettings {
  readonly windowMinutes: number
  readonly digestAbove: number
}

/** What people ask about alerts, for which the parts of other folders are needed. */
export interface OfPeople extends Pick<StatusParts, 'diagnoses' | 'board' | 'freezes'> {
  readonly audit: MuteDeskParts['audit']
  readonly whyNotMute: MuteDeskParts['whyNotMute']
}

/** What alerts need before there is a Slack, and what Slack needs of them. */
export interface Storm {
  readonly alertThreads: AlertThreads
  readonly mutes: Mutes
  readonly cases: Cases
  readonly forPeople: (parts: OfPeople) => {
    readonly muteDesk: MuteDesk
    readonly status: () => Promise<Status>
    readonly untold: Untold
  }
  readonly take: (wake: (threadIds: readonly string[]) => Promise<void>) => TakeAlerts
  /** Threads are opened and diagnoses queued from now on. */
  readonly start: (
    desk: Pick<Desk, 'diagnose' | 'diagnoseAll'>,
    threads: Pick<ThreadStore, 'open'>,
  ) => { readonly close: () => Promise<void> }
}

/** How often it is looked for what is to be begun, ms; people wait for the answer. */
const lookEveryMs = 250
/** Alerts of a lasting outbreak join for so many windows at most. */
const lastingWindows = 6
const usual = { windowMinutes: 10, digestAbove: 5 } as const

export function createStorm(parts: StormParts): Storm {
  const { client, keys, file, inventory, now, newId, log } = parts
  const { windowMinutes, digestAbove } = file.alerts ?? usual
  const windowMs = windowMinutes * 60_000
  const cases = createCases(client, keys, { windowMs, lastingMs: windowMs * lastingWindows, digestAbove })
  const kept = createMutes(client, keys)

  const groupsOf = (host: string) => inventory().hosts.get(host)?.groups ?? []
  const knows = (host: string) => inventory().hosts.has(host)

  async function mutedAmong(hosts: readonly string[]): Promise<ReadonlySet<string>> {
    const held = await kept.list(now())
    return new Set(hosts.filter((host) => held.some((mute) => mutes(mute, host, groupsOf(host)))))
  }

  return {
    alertThreads: createAlertThreads(client, keys, cases.tallyOf),
    mutes: kept,
    cases,
    forPeople: ({ audit, whyNotMute, ...others }) => ({
      muteDesk: createMuteDesk({ client, mutes: kept, whyNotMute, audit, log, now, newId }),
      status: () => readStatus({ client, cases, mutes: kept, now, ...others }),
      untold: createUntold(client, now),
    }),
    take: (wake) =>
      createTakeAlerts({
        ...parts,
        channels: file.channels,
        waitFor: waitForMessages(file.alerts),
        cases,
        mutedAmong,
        wake,
      }),
    start: (desk, threads) => {
      const begin = () => beginCases({ cases, desk, threads, knows, now, log })
      return startSweep('alerts', begin, lookEveryMs, log)
    },
  }
}

import type { InventoryView } from '../../commands/inventory-view.ts'
import type { AlertMessages } from '../alerts/alert-messages.ts'
import type { AlertThreads } from '../alerts/storm/alert-threads.ts'
import type { MuteDesk } from '../alerts/storm/mute-desk.ts'
import type { Status } from '../alerts/storm/status.ts'
import type { Untold } from '../alerts/storm/untold.ts'
import type { ShownLine } from '../audit/recent.ts'
import type { Desk } from '../jobs/desk.ts'
import type { FeedbackDesk } from '../jobs/feedback.ts'
import type { FleetStore } from '../jobs/fleet.ts'
import type { FreezeDesk } from '../jobs/freeze-desk.ts'
import type { HistoryOf } from '../jobs/history-outline.ts'
import type { ThreadStore } from '../jobs/thread.ts'
import type { Logger } from '../log.ts'
import type { GroupSweepStore } from '../looks/sweeps/group-sweep.ts'
import type { WatchStore } from '../looks/watches/watch.ts'
import type { TakePlace } from './pace.ts'

/** Socket Mode needs no address that Slack can reach; HTTP needs one, and proves each delivery by its signature. */
export type Transport =
  | {
      readonly kind: 'socket'
      readonly appToken: string
      /** WebSockets kept open at a time, 1 to 10: with two, one stays while Slack renews the other. Default 2. */
      readonly connections?: number
    }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number; readonly listenOn?: string }

export interface SlackSettings {
  readonly botToken: string
  readonly transport: Transport
  /** Web API address with a trailing slash; https://slack.com/api/ unless a stand-in is used. */
  readonly apiUrl?: string
}

/** Who wants to ask, and where. */
export interface WhoAsks {
  readonly userId: string
  readonly channel: string
  /** Which of these user groups have him as a member at this moment. Rejects when nobody can tell. */
  readonly memberOf: (groups: readonly string[]) => Promise<readonly string[]>
}

/** Whether this person may ask here, with the reason that they are told if not. */
export type AskDecision = { readonly allowed: true } | { readonly allowed: false; readonly because: string }

/** Codes of an authenticator. `because` is told to the person. */
export interface SecondFactor {
  readonly isEnrolled: (userId: string) => Promise<boolean>
  /** Whether this is a code of this person that was not used before. Never rejects: what cannot be checked is refused. */
  readonly check: (
    userId: string,
    code: string,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly because: string }>
}

/** What the rest of the bot gives to the Slack side. */
export interface SlackParts {
  readonly desk: Desk
  readonly threads: ThreadStore
  readonly fleets: FleetStore
  /** So many hosts may be asked for at once. */
  readonly mostHosts: number
  /** Hosts that one worker looks at side by side, by the configuration; absent: not known. */
  readonly atOnce?: number
  readonly inventory: () => InventoryView
  /** True when this delivery was taken before (Slack repeats deliveries); remembers it otherwise, for an hour or so. */
  readonly seenBefore: (key: string) => Promise<boolean>
  readonly mayAsk: (person: WhoAsks) => AskDecision | Promise<AskDecision>
  readonly freezes: FreezeDesk
  /** Absent where no alerts are taken. */
  readonly alertThreads?: AlertThreads
  readonly muteDesk?: MuteDesk
  readonly status?: () => Promise<Status>
  /** Hears where answers to alerts could not be told; absent: nobody keeps it. */
  readonly untold?: Untold
  /** Absent: nothing is watched. */
  readonly watching?: { readonly store: WatchStore; readonly everySeconds: number }
  /** Absent: no group is swept. */
  readonly groupSweeps?: Pick<GroupSweepStore, 'answered' | 'claimComplete' | 'told'>
  /** Keeps calls within what Slack grants, for all bots together; absent: nothing does. */
  readonly takePlace?: TakePlace
  /** Counts a call of the Web API by how it ended; a call that is held up and tried again counts as both. */
  readonly slackCalled?: (method: string, outcome: 'ok' | 'rate-limited' | 'failed') => void
  readonly secondFactor: SecondFactor
  /** What a channel gets that another organisation reads; absent: a summary. */
  readonly sharedChannels?: 'summary' | 'whole'
  /** Absent: answers are not judged, and no records are written. */
  readonly feedback?: FeedbackDesk
  /** Absent: messages of other apps are not listened to. */
  readonly alertMessages?: AlertMessages
  /** The last actions and refusals of a host, newest first, from the copy of the audit. */
  readonly auditOf: (host: string) => Promise<readonly ShownLine[]>
  readonly historyOf: HistoryOf
  readonly now: () => Date
  readonly newId: () => string
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
}

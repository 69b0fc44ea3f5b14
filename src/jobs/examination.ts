import type { Outlook } from '../actions/outlook.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { SiteAnswer } from '../diagnosis/site-answer.ts'
import type { HostDigest } from '../history/host-digest.ts'
import type { Snapshot } from '../host/snapshot.ts'
import type { Progress } from './post.ts'

/** One finished look at one host. */
export interface Examination {
  /** Redacted: it may leave the worker. */
  readonly diagnosis: Diagnosis
  /** "start-unit checkout-api.service" -> the guard string of src/actions/guard.ts at the time of the diagnosis. */
  readonly guards: ReadonlyMap<string, string>
  /** What each action would do beside its purpose, under the same keys; one that is missing was not seen. */
  readonly outlooks?: ReadonlyMap<string, Outlook>
  /** Answers of live requests through nginx, where the engine tells. */
  readonly answers?: readonly SiteAnswer[]
  /** What live requests through nginx said, where the engine tells; decides with the rules whether an action helped. */
  readonly live?: 'answered' | 'failing' | 'not-checked'
  /** Redacted; what is compared with the last healthy look at the host. */
  readonly digest?: HostDigest | null
  /** Site names of its configuration; null when that could not be read. */
  readonly sites?: readonly string[] | null
  /** Redacted answers of the host, for judging them again. */
  readonly kept?: Snapshot | null
}

export interface ExamineAsk {
  readonly host: string
  readonly site?: { readonly serverName: string; readonly path: string }
  readonly sinceSeconds?: number
}

export interface ExamineRun {
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly onProgress: (progress: Progress) => void
}

/** The diagnosis engine as the queues see it. An unreachable host is a result, not a rejection. */
export type Examine = (ask: ExamineAsk, run: ExamineRun) => Promise<Examination>

export function guardKey(action: string, target: string): string {
  return `${action} ${target}`
}

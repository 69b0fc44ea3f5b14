import type { CauseId, Kind } from '../diagnosis/cause.ts'
import type { ActionId, Confidence, Subject, Verdict } from '../diagnosis/diagnosis.ts'

/** What is remembered of a host, redacted. Each is written once, by the side that is named; all times are ISO instants of that side's clock. */
export type HistoryEntry = DiagnosisKept | ActionKept | WatchedKept | FeedbackKept

/** Of the worker. */
export interface DiagnosisKept {
  readonly kind: 'diagnosis'
  /** Id of the diagnosis. */
  readonly id: string
  /** The host that was asked for. */
  readonly host: string
  readonly at: string
  readonly verdict: Verdict
  readonly headline: string
  /** "shop.example.com/cart", when a site was asked for. */
  readonly site?: string
  /** The first three, the answer first. */
  readonly findings: readonly FindingKept[]
  /** What asked: a person, an alert, a schedule. */
  readonly by: 'user' | 'alert' | 'schedule'
  /** Slack id of the person, or the title of the alert. */
  readonly who: string
  readonly threadId?: string
}

export interface FindingKept {
  readonly cause: CauseId
  readonly kind: Kind
  readonly confidence: Confidence
  readonly failingNow: boolean
  readonly subject: Subject
  readonly summary: string
  /** When it began, by the worker's clock. */
  readonly since: string | null
  /** Lines of a file that its fix would take out. */
  readonly takesOut?: { readonly file: string; readonly lines: readonly string[] }
}

/** Of the worker: an approved action and how it ended. */
export interface ActionKept {
  readonly kind: 'action'
  /** Id of the proposal. */
  readonly id: string
  /** Where it was done. */
  readonly host: string
  /** The host that was asked for. */
  readonly diagnosed: string
  /** Id of the diagnosis that offered it. */
  readonly diagnosis: string
  readonly action: ActionId
  readonly target: string
  readonly cause: CauseId
  /** Slack ids, the last one made it enough. */
  readonly by: readonly string[]
  readonly at: string
  readonly outcome: Outcome
  readonly detail: string
}

/** As ActionOutcome of jobs/post.ts. */
export type Outcome = 'resolved' | 'still-failing' | 'not-checked' | 'refused' | 'failed' | 'refused-by-nginx'

/** Of the worker: the look at a cured host when its watch was over. */
export interface WatchedKept {
  readonly kind: 'watched'
  /** "watched:" and the id of the proposal. */
  readonly id: string
  readonly host: string
  readonly diagnosed: string
  /** Id of the proposal. */
  readonly proposal: string
  readonly at: string
  readonly outcome: Outcome
  readonly detail: string
}

/** Of the bot: what a person said about a diagnosis. What the same person says later takes its place, because the id is the same. */
export interface FeedbackKept {
  readonly kind: 'feedback'
  /** "feedback:", the id of the diagnosis, ":" and the id of the person. */
  readonly id: string
  readonly host: string
  /** Id of the diagnosis. */
  readonly diagnosis: string
  readonly at: string
  readonly by: string
  readonly said: 'right' | 'wrong' | 'something-else'
  /** What it was, of something else; absent: nothing of the list. */
  readonly cause?: CauseId
  /** Of something else: nothing was wrong at all. */
  readonly nothingWrong?: true
  /** In the person's own words, redacted. */
  readonly note?: string
}

import type { CauseId } from '../diagnosis/cause.ts'
import type { ActionKept, DiagnosisKept, FeedbackKept } from './entry.ts'

/** One thing that was wrong with a host for a while, or several looks in a row that found no cause. */
export interface OutlineRow {
  readonly host: string
  /** Begin and last look, ISO. */
  readonly from: string
  readonly lastSeen: string
  readonly looks: number
  /** The first look after it in which nothing was failing, ISO; null where there was none before it began again. */
  readonly wellAt: string | null
  /** null: no cause was found. */
  readonly cause: CauseId | null
  /** Of a cause: what it is about ("shop-api.service", null for the whole host). Of none: what was said instead. */
  readonly what: string | null
  /** By somebody at least, or by an alert or a schedule alone. */
  readonly by: DiagnosisKept['by']
  readonly actions: readonly OutlineAction[]
  readonly feedback: readonly FeedbackKept[]
}

export interface OutlineAction {
  readonly kept: ActionKept
  /** How long it held, ms; null: it did not cure, or it has held since. */
  readonly heldMs: number | null
}

/** Before what people said of it is laid beside it. `ids`: of its looks. */
export type RowWithIds = Omit<OutlineRow, 'feedback'> & { readonly ids: ReadonlySet<string> }

/** A person counts before a machine. */
export function byOf(looks: readonly DiagnosisKept[]): DiagnosisKept['by'] {
  return looks.some(({ by }) => by === 'user') ? 'user' : (looks[0]?.by ?? 'user')
}

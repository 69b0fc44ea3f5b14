import type { RefusalReason } from '../metrics.ts'

/** What the sender of a request hears. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** Why it was refused; none: it was not. */
  readonly refused?: RefusalReason
  /** Of what was taken, for the log. */
  readonly counts?: Readonly<Record<string, number>>
  /** Why some of it is about no host, for the log: the first few. */
  readonly unmapped?: readonly string[]
}

export function refuse(status: number, refused: RefusalReason, error: string): Answer {
  return { status, refused, body: { error } }
}

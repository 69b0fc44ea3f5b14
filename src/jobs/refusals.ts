import type { Proposal } from '../approval/proposal.ts'
import type { Audit } from '../audit/audit.ts'
import type { Logger } from '../log.ts'

/** Something that was refused, for the record: who tried what, and why not. */
export interface Refusal {
  readonly what: 'press' | 'proposal' | 'approval' | 'update' | 'request' | 'job' | 'watch'
  /** Id of the proposal (or thread) that it was about. */
  readonly about: string
  readonly proposal: Proposal | null
  /** Slack user id, where a person tried. */
  readonly by: string | null
  readonly because: string
}

export type NoteRefusal = (refusal: Refusal) => Promise<void>

/** Lines a minute; who can fill a queue must not be able to fill the disk, or keep an approved action waiting behind fsyncs. */
const mostPerMinute = 60

/** Writes refusals to the audit. A record that cannot be written stops no refusal: nothing was done. */
export function createNoteRefusal(audit: Pick<Audit, 'append'>, log: Logger, now: () => Date): NoteRefusal {
  const budget = createBudget()
  return async ({ what, about, proposal, by, because }) => {
    log.warn({ what, about, by, because }, 'refused')
    const unwritten = budget(now().getTime())
    if (unwritten === null) return
    const subject = proposal === null ? null : { host: proposal.host, action: proposal.action, target: proposal.target }
    const more = unwritten === 0 ? '' : ` (${unwritten} refusals before this one stand only in the log)`
    await audit
      .append({
        step: 'turned-away',
        what,
        about,
        subject,
        by,
        because: `${because.slice(0, 500)}${more}`,
        at: now().toISOString(),
      })
      .catch((error: unknown) => log.error({ err: error, about }, 'a refusal could not be written to the audit'))
  }
}

/** Null: this minute is full. Else how many were left out since the last one that was written. */
function createBudget(): (now: number) => number | null {
  let minute = -1
  let written = 0
  let unwritten = 0
  return (now) => {
    const current = Math.floor(now / 60_000)
    if (current !== minute) {
      minute = current
      written = 0
    }
    if (written >= mostPerMinute) {
      unwritten++
      return null
    }
    written++
    const left = unwritten
    unwritten = 0
    return left
  }
}

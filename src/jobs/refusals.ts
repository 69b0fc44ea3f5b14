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

/** Writes refusals to the audit. A record that cannot be written stops no refusal: nothing was done. */
export function createNoteRefusal(audit: Pick<Audit, 'append'>, log: Logger, now: () => Date): NoteRefusal {
  return async ({ what, about, proposal, by, because }) => {
    log.warn({ what, about, by, because }, 'refused')
    const subject = proposal === null ? null : { host: proposal.host, action: proposal.action, target: proposal.target }
    await audit
      .append({
        step: 'turned-away',
        what,
        about,
        subject,
        by,
        because: because.slice(0, 500),
        at: now().toISOString(),
      })
      .catch((error: unknown) => log.error({ err: error, about }, 'a refusal could not be written to the audit'))
  }
}

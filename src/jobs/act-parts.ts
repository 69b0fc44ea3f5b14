import type { Action } from '../actions/action.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import type { Claimed, Proposal, ProposalState } from '../approval/proposal.ts'
import type { ProposalStore } from '../approval/proposal-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { AuditStep, AuditSubject } from '../audit/record.ts'
import type { ActionId, Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Logger } from '../log.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import type { Examine } from './examination.ts'
import type { Verifier } from '../signing/signed.ts'
import type { ActionOutcome } from './post.ts'
import type { PostQueue } from './queue-post.ts'
import type { NoteRefusal } from './refusals.ts'

/** Runs a constant script with arguments on an inventory host as its act user. */
export type RunAsActUser = (
  host: string,
  script: string,
  args: readonly string[],
  limits: { readonly signal: AbortSignal; readonly seconds: number },
) => Promise<{ readonly stdout: string }>

export interface ActParts {
  readonly proposals: ProposalStore
  readonly board: DiagnosisBoard
  readonly posts: Pick<PostQueue, 'wake'>
  readonly audit: Pick<Audit, 'append' | 'wasStarted'>
  readonly examine: Examine
  readonly runAsActUser: RunAsActUser
  readonly actionOf: (id: ActionId) => Action | null
  /** The worker's own inventory and policy: what Redis says is not enough. */
  readonly refusalOf: (host: string, action: Action, target: string) => string | null
  /** As it is in force at this moment. */
  readonly policy: () => Policy | Promise<Policy>
  readonly hostOf: (name: string) => PolicyHost | null
  /** The public key of the bot, by which approvals are read. */
  readonly bot: Verifier
  readonly note: NoteRefusal
  readonly redact: (text: string) => string
  readonly log: Logger
  readonly now: () => Date
  /** Shows others that this worker is at it; the result takes the sign away. */
  readonly showActing: (proposalId: string) => () => Promise<void>
  /** Pause before a host is examined again because the target may still be starting, ms. */
  readonly againAfterMs: number
}

/** A proposal that somebody has claimed. */
export type Approved = Omit<Proposal, 'state'> & {
  readonly state: Claimed | Extract<ProposalState, { kind: 'running' }>
}

export interface Ending {
  readonly outcome: ActionOutcome
  /** The examination after it; null when there was none. */
  readonly diagnosis: Diagnosis | null
  readonly as: 'succeeded' | 'failed' | 'refused'
}

export async function writeAudit(approved: Approved, step: AuditStep, { audit, now }: ActParts): Promise<void> {
  const { host, action, target, cause, argv, guard, state } = approved
  const subject: AuditSubject = {
    proposal: approved.id,
    host,
    action,
    target,
    cause,
    argv,
    guard,
    by: state.by,
    claimedAt: state.at,
  }
  await audit.append({ ...subject, ...step, at: now().toISOString() })
}

/**
 * Writes down how it ended: audit, threads, proposal, in this order. The proposal comes last because what is not ended is
 * settled again; the threads hear of the end only once, whoever tells it.
 */
export async function closeAction(
  approved: Approved,
  ending: Ending,
  parts: ActParts,
  step: 'ended' | 'settled' = 'ended',
): Promise<void> {
  const { board, log, now, posts, proposals } = parts
  const { outcome, diagnosis, as } = ending
  await writeAudit(approved, { step, outcome: outcome.kind, detail: outcome.detail }, parts).catch((error: unknown) =>
    // The person who waits hears the end in any case.
    log.error({ proposal: approved.id, err: error }, 'audit record of an end could not be written'),
  )
  const at = now().toISOString()
  const state: ProposalState = { kind: as, by: approved.state.by, at, detail: outcome.detail }
  const update = { kind: 'action-ended', proposal: { ...approved, state }, outcome, diagnosis } as const
  const once = `ended:${approved.id}`
  const told = await board.announce(approved.diagnosisId, update, { run: null, last: false, once })
  if (told.kind === 'told') await posts.wake(told.threadIds)
  await proposals.apply(approved.id, { kind: 'end', as, detail: outcome.detail, at })
}

import type { Action } from '../actions/action.ts'
import type { FleetRunReader } from '../approval/fleet-run-store.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import { ruleFor } from '../approval/policy/rule-for.ts'
import type { Claimed, Proposal, ProposalState } from '../approval/proposal.ts'
import type { ProposalStore } from '../approval/proposal-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { AuditStep, AuditSubject } from '../audit/record.ts'
import type { ActionId, Diagnosis } from '../diagnosis/diagnosis.ts'
import { answerChanges, type SiteAnswer } from '../diagnosis/site-answer.ts'
import type { History } from '../history/store.ts'
import type { Logger } from '../log.ts'
import type { CheckLimits } from './check-limits.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import type { Examine } from './examination.ts'
import type { Verifier } from '../signing/signed.ts'
import type { ActionOutcome } from './post.ts'
import type { PostQueue } from './queue-post.ts'
import type { WatchQueue } from './queue-watch.ts'
import type { NoteRefusal } from './refusals.ts'
import { actionKept } from './remembered.ts'

/** The host was not reached, so nothing was run there. Only for what is known before the first byte of the script leaves. */
export class NotReachedError extends Error {
  override readonly name = 'NotReachedError'
}

/** Runs a constant script with arguments on an inventory host as its act user. Rejects with NotReachedError when it was never sent. */
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
  readonly watches: Pick<WatchQueue, 'ensure'>
  readonly audit: Pick<Audit, 'append' | 'aloneAt' | 'wasStarted'>
  readonly history: Pick<History, 'prepare'>
  readonly examine: Examine
  readonly runAsActUser: RunAsActUser
  readonly actionOf: (id: ActionId) => Action | null
  /** The worker's own inventory and policy: what Redis says is not enough. */
  readonly refusalOf: (host: string, action: Action, target: string) => string | null
  /** As it is in force at this moment. */
  readonly policy: () => Policy | Promise<Policy>
  readonly hostOf: (name: string) => PolicyHost | null
  readonly checkLimits: CheckLimits
  /** Runs over several hosts, of which this action may be a part. */
  readonly runs: FleetRunReader
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
  /** Live requests after it. */
  readonly answers?: readonly SiteAnswer[]
  readonly as: 'succeeded' | 'failed' | 'refused'
}

export async function writeAudit(approved: Approved, step: AuditStep, { audit, now }: ActParts): Promise<void> {
  const { by, at } = approved.state
  await audit.append({ ...subjectOf(approved, by, at), ...step, at: now().toISOString() })
}

/** How it was when the watch was over. A record that cannot be written changes nothing of that. */
export async function writeWatched(
  proposal: Proposal,
  { kind, detail }: ActionOutcome,
  parts: ActParts,
): Promise<void> {
  const { state } = proposal
  const [by, at] = 'by' in state && typeof state.by !== 'string' ? [state.by, state.at] : [[], proposal.createdAt]
  await parts.audit
    .append({ ...subjectOf(proposal, by, at), step: 'watched', outcome: kind, detail, at: parts.now().toISOString() })
    .catch((error: unknown) =>
      parts.log.error({ proposal: proposal.id, err: error }, 'audit record of a watch not written'),
    )
}

function subjectOf(proposal: Omit<Proposal, 'state'>, by: readonly string[], claimedAt: string): AuditSubject {
  const { id, host, action, target, cause, argv, guard } = proposal
  return { proposal: id, host, action, target, cause, argv, guard, by, claimedAt }
}

/** The longest of the rules that hold for a host. */
async function watchSeconds(name: string, { hostOf, policy }: ActParts): Promise<number> {
  const host = hostOf(name)
  const rules = host === null ? [] : (ruleFor(await policy(), host)?.rules ?? [])
  return Math.max(0, ...rules.map(({ watchSeconds: seconds }) => seconds))
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
  const { board, history, log, now, posts, proposals } = parts
  const { outcome, diagnosis, as } = ending
  await writeAudit(approved, { step, outcome: outcome.kind, detail: outcome.detail }, parts).catch((error: unknown) =>
    // The person who waits hears the end in any case.
    log.error({ proposal: approved.id, err: error }, 'audit record of an end could not be written'),
  )
  const at = now().toISOString()
  const state: ProposalState = { kind: as, by: approved.state.by, at, detail: outcome.detail }
  const proposal = { ...approved, state }
  const answers = answerChanges(approved.answers ?? [], ending.answers ?? [])
  const seconds = outcome.kind === 'resolved' ? await watchSeconds(approved.host, parts) : 0
  // Before it is announced: a watch that nobody was told of is better than one that was announced and never comes.
  if (seconds > 0) await parts.watches.ensure({ proposal: approved.id, endedAt: at, seconds })
  const watched = seconds > 0 ? { watchSeconds: seconds } : {}
  const update = { kind: 'action-ended', proposal, outcome, diagnosis, answers, ...watched } as const
  const once = `ended:${approved.id}`
  const keeping = history.prepare(actionKept(proposal, outcome, at))
  const told = await board.announce(approved.diagnosisId, update, { run: null, last: false, once, keeping })
  if (told.kind === 'told') await posts.wake(told.threadIds)
  await proposals.apply(approved.id, { kind: 'end', as, detail: outcome.detail, at })
}

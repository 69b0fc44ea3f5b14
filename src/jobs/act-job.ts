import type { Action } from '../actions/action.ts'
import { type ActAnswer, readActAnswer } from '../actions/act-answer.ts'
import { compareAndActScript } from '../actions/compare-and-act.ts'
import { explainChange, explainRefusal, explainRefusedReload } from '../actions/explain.ts'
import type { Approval } from '../approval/approval.ts'
import type { Proposal } from '../approval/proposal.ts'
import { whyNobody } from '../approval/policy/decide.ts'
import { ForgedProposalError, type Found } from '../approval/proposal-store.ts'
import { type ActParts, type Approved, closeAction, NotReachedError, type Ending, writeAudit } from './act-parts.ts'
import { examineAfter } from './examine-after.ts'
import { settleAction, verifyAction } from './verify-action.ts'
import { checkApproval } from './check-approval.ts'
import { whyRunOver } from './why-run-over.ts'

/** Seconds that the command may take on the host, and that its target may take to settle after it. */
const limits = { command: 45, settle: 15, whole: 90 } as const

/**
 * One approved action: look at the approval again, write the audit record, compare and act on the host, examine it
 * afresh, tell the threads. Never begun twice; when it breaks off anywhere, settle.ts takes it from the state.
 */
export async function act(proposalId: string, parts: ActParts): Promise<void> {
  const found = await findGenuine(proposalId, parts)
  if (found === 'forged') return
  if (found?.proposal.state.kind !== 'claimed') return noteStray(proposalId, found, parts)
  const approved: Approved = { ...found.proposal, state: found.proposal.state }
  const action = parts.actionOf(approved.action)
  const checked = await checkApproval(found, action, parts)
  if (!checked.ok || !action) {
    const because = checked.ok ? 'Gatemedic cannot do this' : checked.because
    await parts.note({
      what: 'approval',
      about: proposalId,
      proposal: found.proposal,
      by: approved.state.by.at(-1) ?? null,
      because,
    })
    await closeAction(approved, refuse(because), parts)
    return
  }

  const done = parts.showActing(proposalId)
  try {
    await withinLimits(approved, checked.approval, parts, () => begin(approved, action, checked.approval, parts))
  } finally {
    await done()
  }
}

async function begin(approved: Approved, action: Action, approval: Approval, parts: ActParts): Promise<void> {
  const started = await parts.proposals.apply(approved.id, { kind: 'start', at: parts.now().toISOString() })
  if (!started?.ok) return
  const ending = await carryOut(started.proposal, approved, action, approval, parts)
  await closeAction(approved, ending, parts)
}

async function withinLimits(
  approved: Approved,
  approval: Approval,
  parts: ActParts,
  work: () => Promise<void>,
): Promise<void> {
  const limited = await parts.checkLimits(approved)
  if (!limited.ok) return closeAction(approved, refuse(limited.because), parts)
  try {
    const closed = await closedMeanwhile(approved, approval, parts)
    if (closed === null) await work()
    else await closeAction(approved, refuse(closed), parts)
  } finally {
    await limited.release()
  }
}

/** Looking at the other members of a group takes seconds, in which somebody may have frozen it, or another host of its run ended badly. */
async function closedMeanwhile(
  { id, host, action }: Approved,
  { run }: Approval,
  parts: ActParts,
): Promise<string | null> {
  const is = parts.hostOf(host)
  if (is === null) return `${host} is not in the inventory of the worker`
  const closed = whyNobody(await parts.policy(), { host: is, action }, parts.now())
  return closed ?? (run === undefined ? null : whyRunOver(run, id, parts.runs))
}

/** A job comes once, after a claim: any other was put into the queue by somebody else, or again. */
async function noteStray(proposalId: string, found: Found | null, { note }: ActParts): Promise<void> {
  const state = found?.proposal.state.kind
  const because =
    state === undefined
      ? 'a job to act for a proposal that does not exist'
      : state === 'proposed' || state === 'asked'
        ? 'a job to act for a proposal that nobody has approved'
        : `a job to act for a proposal that was dealt with before (${state})`
  await note({ what: 'job', about: proposalId, proposal: found?.proposal ?? null, by: null, because })
}

/** What no worker wrote is not even refused in a thread: nobody knows whose it would be. */
async function findGenuine(proposalId: string, { proposals, note }: ActParts): Promise<Found | null | 'forged'> {
  try {
    return await proposals.find(proposalId)
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await note({ what: 'proposal', about: proposalId, proposal: null, by: null, because: error.message })
    return 'forged'
  }
}

async function carryOut(
  started: Proposal,
  approved: Approved,
  action: Action,
  { presses, run }: Approval,
  parts: ActParts,
): Promise<Ending> {
  try {
    await writeAudit(approved, { step: 'started', presses, ...(run === undefined ? {} : { run }) }, parts)
  } catch (error) {
    parts.log.error({ proposal: started.id, err: error }, 'audit record could not be written')
    return refuse('the audit record could not be written')
  }
  await tellStarted(started, parts)
  // Whoever asks from here on gets a fresh diagnosis: one that began before the host changed is no answer for them.
  await parts.board.closeJoining(approved.diagnosed)
  const answer = await runOnHost(approved, action, parts)
  await parts.board.closeJoining(approved.diagnosed)
  return judge(approved, action, answer, parts)
}

async function tellStarted(proposal: Proposal, { board, posts }: ActParts): Promise<void> {
  const once = `started:${proposal.id}`
  const update = { kind: 'action-started', proposal } as const
  const told = await board.announce(proposal.diagnosisId, update, { run: null, last: false, once })
  if (told.kind === 'told') await posts.wake(told.threadIds)
}

async function runOnHost(approved: Approved, action: Action, parts: ActParts): Promise<ActAnswer> {
  const { host, target, guard } = approved
  const test = action.testsConfig ? 'test' : 'no-test'
  const args = [action.guards, target, guard, test, `${limits.command}`, `${limits.settle}`, ...action.argv(target)]
  const signal = AbortSignal.timeout(limits.whole * 1000)
  try {
    const run = await parts.runAsActUser(host, compareAndActScript(), args, { signal, seconds: limits.whole })
    return readActAnswer(run.stdout, guard)
  } catch (error) {
    if (error instanceof NotReachedError) return { kind: 'refused', reason: 'not-reached', kept: error.message }
    // Whether the script began is not for an error message to decide: the examination after it does.
    parts.log.warn({ host, proposal: approved.id, err: error }, 'no answer from the host while acting')
    return { kind: 'broken-off', acting: true, kept: '' }
  }
}

async function judge(approved: Approved, action: Action, answer: ActAnswer, parts: ActParts): Promise<Ending> {
  const { target } = approved
  await writeAudit(approved, ranStep(answer, parts.redact), parts).catch((error: unknown) =>
    // It has run: whoever waits must hear how it ended, whatever became of the record.
    parts.log.error({ proposal: approved.id, err: error }, 'audit record of a finished action could not be written'),
  )
  if (answer.kind === 'changed') return refuse(explainChange({ ...answer, kept: parts.redact(answer.kept) }, target))
  if (answer.kind === 'refused') return refuse(explainRefusal(answer.reason, target, parts.redact(answer.kept)))

  // What ended badly is not going to be well in a moment; what was started may need one.
  const mayNeedTime = answer.kind === 'ran' && answer.exitCode === 0 && !answer.state.startsWith('failed')
  const examination = await examineAfter(approved, mayNeedTime, parts)
  const { diagnosis, answers = [] } = examination
  if (answer.kind === 'broken-off')
    return { outcome: settleAction(approved, examination), diagnosis, answers, as: 'failed' }
  if (answer.exitCode !== 0) {
    const said = parts.redact(answer.kept).split('\n')[0]?.slice(0, 300)
    const words = `${approved.argv.join(' ')} ended with code ${answer.exitCode}${said ? ` and said: ${said}` : ''}`
    const detail = `${diagnosis.headline}. ${words}`
    return { outcome: { kind: 'failed', detail }, diagnosis, answers, as: 'failed' }
  }
  if (approved.action === 'reload-nginx' && (!answer.settled || answer.emerg !== '')) {
    const why = parts.redact(explainRefusedReload(answer.emerg))
    const detail = `${why}. It goes on with the configuration of before. ${diagnosis.headline}`
    return { outcome: { kind: 'refused-by-nginx', detail }, diagnosis, answers, as: 'failed' }
  }
  const outcome = verifyAction(approved, examination)
  if (outcome.kind !== 'still-failing') return { outcome, diagnosis, answers, as: 'succeeded' }
  const detail = `${outcome.detail.replace(/\.$/, '')}. What next: ${action.otherwise(approved.target)}`
  return { outcome: { ...outcome, detail }, diagnosis, answers, as: 'succeeded' }
}

function ranStep(answer: ActAnswer, redact: (text: string) => string) {
  const result = answer.kind === 'refused' ? `refused: ${answer.reason}` : answer.kind
  const exitCode = answer.kind === 'ran' ? answer.exitCode : null
  const seen = answer.kind === 'ran' ? answer.after : answer.kind === 'changed' ? answer.seen : redact(answer.kept)
  return { step: 'ran', result, exitCode, seen: seen.slice(0, 500) } as const
}

function refuse(because: string): Ending {
  return { outcome: { kind: 'refused', detail: `Nothing was run: ${because}.` }, diagnosis: null, as: 'refused' }
}

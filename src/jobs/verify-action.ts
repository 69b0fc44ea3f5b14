import type { Proposal } from '../approval/proposal.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { type Examination, guardKey } from './examination.ts'
import type { ActionOutcome } from './post.ts'

/** Judges by a fresh examination whether the action that ran has helped. "It ran" and "it helped" are two things. */
export function verifyAction(proposal: Omit<Proposal, 'state'>, { diagnosis, live }: Examination): ActionOutcome {
  if (diagnosis.verdict === 'unreachable') {
    const why = diagnosis.unreachable?.message ?? diagnosis.headline
    return { kind: 'not-checked', detail: `It ran, but ${proposal.diagnosed} could not be asked again: ${why}` }
  }
  if (stillThere(proposal, diagnosis)) return { kind: 'still-failing', detail: diagnosis.headline }
  if (diagnosis.verdict === 'healthy') return { kind: 'resolved', detail: diagnosis.headline }
  if (diagnosis.verdict === 'diagnosed') {
    return { kind: 'still-failing', detail: `That fault is gone, but something else fails now: ${diagnosis.headline}` }
  }
  // The rule is quiet; only a request that was answered through nginx shows that people are served again.
  if (live === 'answered') return { kind: 'resolved', detail: diagnosis.headline }
  return { kind: 'not-checked', detail: diagnosis.headline }
}

/**
 * For an action of which it is not known whether it ran: its worker or its connection was lost in the middle. Whatever the
 * host looks like now, nobody can claim that the action did it.
 */
export function settleAction(proposal: Proposal, { diagnosis, guards }: Examination): ActionOutcome {
  const lost = 'The connection or the worker was lost in the middle'
  if (diagnosis.verdict === 'unreachable') {
    return {
      kind: 'not-checked',
      detail: `${lost}, and ${proposal.diagnosed} cannot be asked: it is not known whether it ran.`,
    }
  }
  if (guards.get(guardKey(proposal.action, proposal.target)) === proposal.guard) {
    return { kind: 'failed', detail: `${lost}. ${proposal.target} is exactly as it was before: it did not run.` }
  }
  if (stillThere(proposal, diagnosis)) {
    return { kind: 'failed', detail: `${lost}. It may have run, but the fault is still there: ${diagnosis.headline}` }
  }
  // How things are comes first: a lock screen shows no more than that.
  const now = diagnosis.headline.replace(/\.$/, '')
  return { kind: 'not-checked', detail: `${now}. ${lost}: it is not known whether it ran.` }
}

/** The same cause about the same unit; the same cause about another one is another fault. Of a socket unit the finding names the service. */
function stillThere(
  { cause, host, target }: Pick<Proposal, 'cause' | 'host' | 'target'>,
  diagnosis: Diagnosis,
): boolean {
  return diagnosis.findings.some(
    ({ cause: found, failingNow, subject }) =>
      found === cause &&
      failingNow &&
      (target.endsWith('.socket') || (subject.unit ?? target) === target) &&
      (subject.host ?? diagnosis.host) === host,
  )
}

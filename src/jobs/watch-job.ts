import type { Proposal } from '../approval/proposal.ts'
import { ForgedProposalError } from '../approval/proposal-store.ts'
import { type ActParts, writeWatched } from './act-parts.ts'
import { examineAfter } from './examine-after.ts'
import type { ActionOutcome } from './post.ts'
import { watchedKept } from './remembered.ts'
import { verifyAction } from './verify-action.ts'
import type { WatchTicket } from './watch-ticket.ts'

/** A look so much later than planned says nothing about the action any more, s. */
const tooLate = 1800

/** The look at a cured host when its watch is over: still well, back again, or not to be told. Said once, whoever looks. */
export async function watch(ticket: WatchTicket, parts: ActParts): Promise<void> {
  const proposal = await findGenuine(ticket.proposal, parts)
  if (!proposal) return
  const { board, history, now, posts } = parts
  const { outcome, diagnosis } = await lookAgain(proposal, ticket, parts)
  await writeWatched(proposal, outcome, parts)
  const seconds = Math.round((now().getTime() - Date.parse(ticket.endedAt)) / 1000)
  const update = { kind: 'action-watched', proposal, outcome, diagnosis, seconds } as const
  const told = await board.announce(proposal.diagnosisId, update, {
    run: null,
    last: false,
    once: `watched:${proposal.id}`,
    keeping: history.prepare(watchedKept(proposal, outcome, now())),
  })
  if (told.kind === 'told') await posts.wake(told.threadIds)
}

async function lookAgain(proposal: Proposal, { endedAt, seconds }: WatchTicket, parts: ActParts) {
  const age = (parts.now().getTime() - Date.parse(endedAt)) / 1000
  if (age > seconds + tooLate) {
    const detail = `No worker was there to look at ${proposal.diagnosed} in time`
    return { outcome: { kind: 'not-checked', detail } satisfies ActionOutcome, diagnosis: null }
  }
  const examination = await examineAfter(proposal, false, parts)
  return { outcome: verifyAction(proposal, examination), diagnosis: examination.diagnosis }
}

async function findGenuine(id: string, { proposals, note }: ActParts): Promise<Proposal | null> {
  try {
    return (await proposals.find(id))?.proposal ?? null
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await note({ what: 'proposal', about: id, proposal: null, by: null, because: error.message })
    return null
  }
}

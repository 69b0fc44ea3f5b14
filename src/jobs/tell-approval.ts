import type { FleetRun } from '../approval/fleet-run.ts'
import type { People } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Review } from '../approval/review.ts'
import type { RedisClient } from '../redis.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import { keys } from './keys.ts'
import type { ThreadUpdate } from './post.ts'
import type { PostQueue } from './queue-post.ts'

/** What the bot tells the threads while people approve. Each is said once, however often and by whomever it is asked for. */
export interface TellApproval {
  /** For the state that the proposal is in: who pressed, and whom to call now. */
  readonly asked: (proposal: Proposal, ask: readonly string[]) => Promise<void>
  readonly lapsed: (proposal: Proposal, askedBy: string | null) => Promise<void>
  readonly aloneOffered: (proposal: Proposal, to: string) => Promise<void>
  readonly wasAloneOffered: (proposal: Proposal) => Promise<boolean>
  readonly wentAlone: (proposal: Proposal, review: Review) => Promise<void>
  /** How a run over several hosts goes, and whom to call now. */
  readonly run: (run: FleetRun, ask: readonly string[]) => Promise<void>
  /** Proposals whose message says that another person is asked for, and may have to be redrawn. */
  readonly shown: () => Promise<readonly string[]>
  readonly forget: (proposalId: string) => Promise<void>
}

export function createTellApproval(
  client: RedisClient,
  board: Pick<DiagnosisBoard, 'announce'>,
  posts: Pick<PostQueue, 'wake'>,
): TellApproval {
  async function say(about: { readonly diagnosisId: string }, update: ThreadUpdate, once: string): Promise<void> {
    const told = await board.announce(about.diagnosisId, update, { run: null, last: false, once })
    // Nobody waits for it: what is not woken now is found by the sweep of outboxes.
    if (told.kind === 'told') posts.wake(told.threadIds).catch(() => undefined)
  }
  return {
    asked: async (proposal, ask) => {
      const { id, state } = proposal
      if (state.kind !== 'asked') return
      // Noted first: whatever is drawn has to be redrawn when the offer is over.
      await client.sadd(keys.askedShown, id)
      const once = `asked:${id}:${state.contacted}:${state.presses.length}`
      await say(proposal, { kind: 'approval-asked', proposal, ask }, once)
    },
    lapsed: (proposal, askedBy) =>
      say(proposal, { kind: 'approval-lapsed', proposal, askedBy }, `lapsed:${proposal.id}`),
    aloneOffered: (proposal, to) =>
      say(proposal, { kind: 'alone-offered', proposal, to }, `alone-offered:${proposal.id}`),
    wasAloneOffered: async ({ diagnosisId, id }) =>
      (await client.hexists(keys.diagnosis(diagnosisId), `said:alone-offered:${id}`)) === 1,
    wentAlone: (proposal, review) => say(proposal, { kind: 'went-alone', proposal, review }, `alone:${proposal.id}`),
    run: (run, ask) => say(run, { kind: 'fleet-run', run, ask }, `run:${run.id}:${run.revision}`),
    shown: () => client.smembers(keys.askedShown),
    forget: async (id) => void (await client.srem(keys.askedShown, id)),
  }
}

interface Callable {
  readonly approvers: People
  readonly escalation: { readonly contacts: readonly string[] }
}

export function whomToAsk(rule: Callable, { state }: Pick<Proposal, 'state'>): readonly string[] {
  if (state.kind !== 'asked') return []
  return whomToCall(rule, [state.by, ...state.presses.map(({ by }) => by)], state.contacted)
}

/** Whom to call: the approvers first, then each contact; nobody who has pressed already. */
export function whomToCall(
  { approvers, escalation }: Callable,
  pressed: readonly string[],
  contacted: number,
): readonly string[] {
  const contact = escalation.contacts[contacted - 1]
  const all = contact === undefined ? [...approvers.groups, ...approvers.users] : [contact]
  return [...new Set(all)].filter((id) => !pressed.includes(id))
}

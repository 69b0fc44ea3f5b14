import { sealAsked } from '../approval/asked.ts'
import type { Decision, Press } from '../approval/policy/decide.ts'
import { openMinutes } from '../approval/policy/asking.ts'
import type { Rule } from '../approval/policy/policy.ts'
import type { Found } from '../approval/proposal-store.ts'
import type { DeskParts } from './desk-on-redis.ts'
import { whomToAsk } from './tell-approval.ts'

/** `again`: the proposal moved meanwhile, and the press is to be judged once more; `over`: nothing can be asked for any more. */
export interface AskResult {
  readonly kind: 'asked' | 'again' | 'over'
  readonly found: Found
}

/** One person more is needed: the proposal waits for him, and the approvers hear of it. */
export async function askAnother(
  { now, minutes, proposals, signer, tell }: DeskParts,
  found: Found,
  made: Press,
  presses: readonly Press[],
  rule: Rule,
  { counts }: Extract<Decision, { kind: 'one-more' }>,
): Promise<AskResult> {
  const { proposal, hash } = found
  const before = proposal.state.kind === 'asked' ? proposal.state : null
  const at = now().toISOString()
  const asked = sealAsked(signer, hash, {
    by: before?.by ?? made.by,
    at: before?.at ?? at,
    presses: counts ? presses : presses.slice(0, -1),
    until: new Date(now().getTime() + openMinutes(rule, minutes) * 60_000).toISOString(),
    contacted: before?.contacted ?? 0,
  })
  const applied = await proposals.apply(proposal.id, { kind: 'ask', at, asked })
  if (!applied) return { kind: 'over', found }
  if (applied.ok) {
    await tell.asked(applied.proposal, whomToAsk(rule, applied.proposal))
    return { kind: 'asked', found: applied }
  }
  if (applied.reason === 'moved') return { kind: 'again', found: applied }
  const { state } = applied.proposal
  if (applied.reason !== 'asked' || state.kind !== 'asked') return { kind: 'over', found: applied }
  // Another person pressed at the same moment: together they may be enough.
  const missed = counts && state.presses.every(({ by }) => by !== made.by)
  return { kind: missed ? 'again' : 'asked', found: applied }
}

import { openAsked } from '../approval/asked.ts'
import { ruleFor } from '../approval/policy/rule-for.ts'
import type { Proposal } from '../approval/proposal.ts'
import { ForgedProposalError, type Found } from '../approval/proposal-store.ts'
import { isOpenOffer } from '../approval/transition.ts'
import { askAnother } from './ask-another.ts'
import { claim, standing } from './claim.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser, PressResult, PressWishes } from './desk.ts'
import { goAlone } from './go-alone.ts'
import { judgePress } from './judge-press.ts'
import { mayGoAlone, pressesWith } from './who-presses.ts'

/** A press is a claim and no permission: everything is judged here, at this moment, by the bot's own policy and inventory. */
export async function press(parts: DeskParts, id: string, presser: Presser): Promise<PressResult> {
  try {
    const found = await parts.proposals.find(id)
    if (!found) return { kind: 'unknown' }
    // An old button says what became of it, whoever presses it.
    return isOpenOffer(found.proposal, parts.now())
      ? await decided(parts, found, presser, tries)
      : await standing(parts, found.proposal)
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await parts.note({ what: 'proposal', about: id, proposal: null, by: presser.userId, because: error.message })
    return { kind: 'forged' }
  }
}

/** What a press on this proposal will ask for; null where there is nothing to press. */
export async function wishesOf(parts: DeskParts, id: string): Promise<PressWishes | null> {
  const found = await parts.proposals.find(id).catch(() => null)
  const host = found ? parts.hostOf(found.proposal.host) : null
  if (!found || host === null) return null
  const rule = ruleFor(await parts.policy(), host)
  return { proposal: found.proposal, secondFactor: rule?.rules.some(({ secondFactor }) => secondFactor) ?? false }
}

/** People who press at the same moment make each other decide again; that ends, because every round takes one of them in. */
const tries = 5

async function decided(parts: DeskParts, found: Found, presser: Presser, left: number): Promise<PressResult> {
  const { proposal } = found
  holdSealed(parts, found)
  const judged = await judgePress(parts, proposal, presser, (press_) => pressesWith(proposal, press_))
  if (judged.kind === 'refused') return refused(parts, proposal, presser, judged.because)
  if (judged.kind === 'code-wanted') return { kind: 'code-wanted', proposal }
  const { made, policy, presses, rule, wanted } = judged
  if (judged.kind === 'one-more') {
    const { decision } = judged
    const asked = await askAnother(parts, found, made, presses, rule, decision)
    if (asked.kind === 'again' && left > 0) return decided(parts, asked.found, presser, left - 1)
    if (asked.kind === 'over' || asked.kind === 'again') return standing(parts, asked.found.proposal)
    const { state } = asked.found.proposal
    const since = { ...wanted, askedAt: state.kind === 'asked' ? state.at : null }
    return {
      kind: 'asked',
      because: decision.because,
      first: proposal.state.kind === 'proposed',
      counts: decision.counts,
      approvers: rule.approvers,
      alone: mayGoAlone(policy, since, made, parts.now()),
      proposal: asked.found.proposal,
    }
  }
  if (made.how === 'click') return claim(parts, found, presses)
  const alone = await goAlone(parts, found, made, presser, rule, () => claim(parts, found, [made]))
  return alone.kind === 'refused' ? refused(parts, proposal, presser, alone.because) : alone
}

/** Throws ForgedProposalError when the presses that wait there are not what a bot of ours wrote. */
function holdSealed({ bot }: DeskParts, { proposal, hash }: Found): void {
  if (proposal.state.kind !== 'asked') return
  const opened = openAsked(bot, hash, proposal.state)
  if (!opened.ok) throw new ForgedProposalError(`the presses that wait for another one were forged: ${opened.because}`)
}

async function refused(
  { note }: DeskParts,
  proposal: Proposal,
  { userId }: Presser,
  because: string,
): Promise<PressResult> {
  await note({ what: 'press', about: proposal.id, proposal, by: userId, because })
  return { kind: 'refused', because, proposal }
}

import { signApproval } from '../approval/approval.ts'
import { alsoLoadsWords } from '../actions/outlook.ts'
import { type Decision, decide, type Press, type Wanted } from '../approval/policy/decide.ts'
import { whyNotOthersEdits } from '../approval/policy/others-edits.ts'
import type { People, Policy, PolicyHost } from '../approval/policy/policy.ts'
import { type RuleFor, ruleFor } from '../approval/policy/rule-for.ts'
import type { Proposal } from '../approval/proposal.ts'
import { ForgedProposalError, type Found } from '../approval/proposal-store.ts'
import { openUntil } from '../approval/transition.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser, PressResult } from './desk.ts'

/** A press is a claim and no permission: everything is judged here, at this moment, by the bot's own policy and inventory. */
export async function press(parts: DeskParts, id: string, presser: Presser): Promise<PressResult> {
  try {
    const found = await parts.proposals.find(id)
    if (!found) return { kind: 'unknown' }
    // An old button says what became of it, whoever presses it.
    return isOpen(found.proposal, parts.now())
      ? await decided(parts, found, presser)
      : await standing(parts, found.proposal)
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await parts.note({ what: 'proposal', about: id, proposal: null, by: presser.userId, because: error.message })
    return { kind: 'forged' }
  }
}

async function decided(parts: DeskParts, found: Found, presser: Presser): Promise<PressResult> {
  const { proposal } = found
  const host = parts.hostOf(proposal.host)
  if (host === null) return refused(parts, proposal, presser, `${proposal.host} is not in the inventory any more`)
  const policy = await parts.policy()
  const made = await pressOf(presser, groupsOf(policy, host), parts.now())
  if (made === null)
    return refused(
      parts,
      proposal,
      presser,
      'Slack did not say which user groups you are in, and without that nobody may',
    )
  const presses = proposal.state.kind === 'asked' ? [...proposal.state.presses, made] : [made]
  const decision = decide(policy, wantedOf(proposal, host), presses, parts.now())
  if (decision.kind === 'refused') return refused(parts, proposal, presser, decision.because)
  const others = whyNotOthersEdits(policy, { host, action: proposal.action }, alsoLoadsWords(proposal.alsoLoads))
  if (others !== null) return refused(parts, proposal, presser, others)
  if (decision.kind === 'one-more') return ask(parts, found, made, presses, presser, decision, ruleFor(policy, host))
  return claim(parts, found, made.how === 'break-glass' ? [made] : presses)
}

export function wantedOf(proposal: Proposal, host: PolicyHost): Wanted {
  const { action, requester, state } = proposal
  return { host, action, requester, askedAt: state.kind === 'asked' ? state.at : null }
}

/** His membership is asked for at each press; whoever was thrown out a minute ago is out. Null: nobody can tell. */
async function pressOf(presser: Presser, asked: readonly string[], now: Date): Promise<Press | null> {
  const { userId, channel, how, reason, secondFactor, memberOf } = presser
  const groups = asked.length === 0 ? [] : await memberOf(asked).catch(() => null)
  return groups && { by: userId, at: now.toISOString(), groups, channel, how, reason, secondFactor }
}

function groupsOf(policy: Policy, host: PolicyHost): readonly string[] {
  return [...new Set((ruleFor(policy, host)?.rules ?? []).flatMap(({ approvers }) => approvers.groups))]
}

async function ask(
  parts: DeskParts,
  found: Found,
  made: Press,
  presses: readonly Press[],
  presser: Presser,
  { counts, because }: Extract<Decision, { kind: 'one-more' }>,
  rule: RuleFor | null,
): Promise<PressResult> {
  const at = parts.now()
  const until = new Date(at.getTime() + parts.minutes * 60_000).toISOString()
  const counted = counts ? presses : presses.slice(0, -1)
  const event = { kind: 'ask', by: made.by, at: at.toISOString(), presses: counted, until } as const
  const asked = await parts.proposals.apply(found.proposal.id, event)
  if (!asked) return { kind: 'unknown' }
  if (!asked.ok && asked.reason !== 'asked') return standing(parts, asked.proposal)
  const { state } = asked.proposal
  // Another person pressed at the same moment: together they may be enough.
  const missed = !asked.ok && counts && state.kind === 'asked' && state.presses.every(({ by }) => by !== made.by)
  if (missed) return decided(parts, asked, presser)
  return {
    kind: 'asked',
    because,
    first: found.proposal.state.kind === 'proposed',
    counts,
    approvers: approversOf(rule),
    proposal: asked.proposal,
  }
}

/** Whom to ask: of several rules the people of the first. */
function approversOf(rule: RuleFor | null): People {
  return rule?.rules[0].approvers ?? { users: [], groups: [] }
}

async function claim(parts: DeskParts, found: Found, presses: readonly Press[]): Promise<PressResult> {
  const { id } = found.proposal
  const at = parts.now().toISOString()
  const approval = signApproval(parts.signer, found, presses, at)
  const by = [...new Set(presses.map((each) => each.by))]
  const claimed = await parts.proposals.apply(id, { kind: 'claim', by, at, approval })
  if (!claimed) return { kind: 'unknown' }
  if (!claimed.ok) return standing(parts, claimed.proposal)
  await parts.acts.ensure(id)
  return { kind: 'claimed', proposal: claimed.proposal }
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

function isOpen(proposal: Proposal, now: Date): boolean {
  const { kind } = proposal.state
  return (kind === 'proposed' || kind === 'asked') && now.toISOString() < openUntil(proposal)
}

async function standing({ proposals, now }: DeskParts, proposal: Proposal): Promise<PressResult> {
  const { state } = proposal
  if (state.kind === 'proposed' || state.kind === 'asked') {
    // Open but too late: from now on it is also written down as expired.
    const expired = await proposals.apply(proposal.id, { kind: 'expire', at: now().toISOString() })
    return { kind: 'expired', proposal: expired?.proposal ?? proposal }
  }
  if (state.kind === 'expired' || state.kind === 'superseded') return { kind: state.kind, proposal }
  return { kind: 'already', by: state.by, at: state.at, state: state.kind, proposal }
}

import { openAsked, sealAsked } from '../approval/asked.ts'
import { nextStep, openMinutes } from '../approval/policy/asking.ts'
import type { Press } from '../approval/policy/decide.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import { type RuleFor, ruleFor } from '../approval/policy/rule-for.ts'
import type { Asked, Proposal } from '../approval/proposal.ts'
import type { Found, ProposalStore } from '../approval/proposal-store.ts'
import type { Logger } from '../log.ts'
import type { Signer, Verifier } from '../signing/signed.ts'
import { groupsOf, mayGoAlone, wantedOf } from './who-presses.ts'
import { type ReviewSweepParts, sweepReviews } from './sweep-reviews.ts'
import { type TellApproval, whomToAsk } from './tell-approval.ts'
import type { ThreadStore } from './thread.ts'

export interface AskedParts extends ReviewSweepParts {
  readonly proposals: ProposalStore
  readonly tell: TellApproval
  readonly threads: Pick<ThreadStore, 'find'>
  readonly policy: () => Policy | Promise<Policy>
  readonly hostOf: (name: string) => PolicyHost | null
  readonly signer: Signer
  readonly bot: Verifier
  /** Which of these user groups have this person as a member now. Rejects when nobody can tell. */
  readonly memberOf: (userId: string, groups: readonly string[]) => Promise<readonly string[]>
  readonly minutes: number
  readonly log: Logger
  readonly now: () => Date
}

/**
 * Looks after every proposal for which another person was asked: what a bot that died did not get to say is said, the next contact is told when
 * nobody answered, the requester is shown how to go on alone, and what is over is redrawn. Several bots may sweep at the same time.
 */
export function createAskedSweep(parts: AskedParts): () => Promise<void> {
  const askedAt = new Map<string, number>()
  // Slack grants about twenty of these calls in a minute; somebody who is in no group stays that for a while.
  const memberOf: AskedParts['memberOf'] = async (userId, groups) => {
    const key = `${userId} ${groups.join(' ')}`
    const at = parts.now().getTime()
    if (at - (askedAt.get(key) ?? 0) < againMs) return []
    if (askedAt.size > mostKept) askedAt.clear()
    askedAt.set(key, at)
    return parts.memberOf(userId, groups)
  }
  return async () => {
    await sweepAsked({ ...parts, memberOf })
    await sweepReviews(parts)
  }
}

const againMs = 60_000
const mostKept = 1000

async function sweepAsked(parts: AskedParts): Promise<void> {
  const ids = new Set([...(await parts.proposals.asked()), ...(await parts.tell.shown())])
  for (const id of ids)
    await lookAfter(id, parts).catch((error: unknown) =>
      // One that is broken must not keep the others waiting.
      parts.log.warn({ proposal: id, err: error }, 'an asked approval could not be looked after'),
    )
}

async function lookAfter(id: string, parts: AskedParts): Promise<void> {
  const found = await parts.proposals.find(id)
  if (found?.proposal.state.kind === 'asked') return whileAsked(found, found.proposal.state, parts)
  const lapsed = found?.proposal.state.kind === 'expired' || found?.proposal.state.kind === 'superseded'
  if (found && lapsed) await parts.tell.lapsed(found.proposal, null)
  await parts.tell.forget(id)
}

async function whileAsked(found: Found, asked: Asked, parts: AskedParts): Promise<void> {
  const { proposal, hash } = found
  const { id } = proposal
  const { now, proposals, tell } = parts
  const opened = openAsked(parts.bot, hash, asked)
  if (!opened.ok) return parts.log.error({ proposal: id, because: opened.because }, 'forged presses in redis')
  const host = parts.hostOf(proposal.host)
  const rule = host && ruleFor(await parts.policy(), host)
  const at = now().toISOString()
  // No rule or host any more: nobody can approve it, and it runs out.
  const step = rule ? nextStep(rule.rules[0], asked, now()) : over(asked, at)
  if (step.kind === 'expire') {
    const expired = await proposals.apply(id, { kind: 'expire', at })
    if (expired?.ok) await tell.lapsed(expired.proposal, asked.by)
    return
  }
  if (!rule || !host) return
  await tell.asked(proposal, whomToAsk(rule.rules[0], proposal))
  if (step.kind === 'contact') return contact(found, asked, step.nth, rule, parts)
  await offerAlone(proposal, host, rule, parts)
}

function over({ until }: Asked, at: string): { readonly kind: 'wait' | 'expire' } {
  return { kind: at >= until ? 'expire' : 'wait' }
}

async function contact(
  { proposal, hash }: Found,
  asked: Asked,
  nth: number,
  { rules: [rule] }: RuleFor,
  { minutes, now, proposals, signer, tell }: AskedParts,
): Promise<void> {
  const until = new Date(now().getTime() + openMinutes(rule, minutes) * 60_000).toISOString()
  const next = sealAsked(signer, hash, { ...asked, until, contacted: nth })
  const told = await proposals.apply(proposal.id, { kind: 'contact', at: now().toISOString(), asked: next })
  if (told?.ok) await tell.asked(told.proposal, whomToAsk(rule, told.proposal))
}

/** Shown to who asked for the diagnosis, or to who pressed first where an alert did. Only when he may: nobody likes a button that says no. */
async function offerAlone(proposal: Proposal, host: PolicyHost, rule: RuleFor, parts: AskedParts): Promise<void> {
  const { state, requester } = proposal
  if (state.kind !== 'asked') return
  const to = requester ?? state.by
  const policy = await parts.policy()
  const channel = (await parts.threads.find(proposal.threadId))?.channel ?? null
  const all = groupsOf(rule)
  const could = (groups: readonly string[]): boolean =>
    mayGoAlone(policy, wantedOf(proposal, host), pressBy(to, groups, channel, parts.now()), parts.now())
  // Slack is asked for his groups only where these decide.
  if (!could(all) || (await parts.tell.wasAloneOffered(proposal))) return
  if (could([]) || could(await parts.memberOf(to, all))) await parts.tell.aloneOffered(proposal, to)
}

function pressBy(by: string, groups: readonly string[], channel: string | null, now: Date): Press {
  return { by, at: now.toISOString(), groups, channel, how: 'break-glass', reason: null, secondFactor: true }
}

import type { Press } from '../approval/policy/decide.ts'
import type { Rule } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Found } from '../approval/proposal-store.ts'
import { aloneSeconds, type Review } from '../approval/review.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser, PressResult } from './desk.ts'

/**
 * Break-glass, which the policy has allowed for this press: it skips the second person and nothing else. Once per host and hour, and not
 * before it is announced and written down; if one of these cannot be, nothing is approved.
 */
export async function goAlone(
  parts: DeskParts,
  found: Found,
  made: Press,
  presser: Presser,
  rule: Rule,
  claim: () => Promise<PressResult>,
): Promise<PressResult> {
  const { proposal } = found
  const { reviews } = parts
  const review = reviewOf(proposal, made, rule.announce ?? '')
  const before = usedAt(parts, proposal.host)
  if (before !== null || !(await reviews.takeTurn(proposal.host, proposal.id)))
    return refused(
      proposal,
      `somebody went on alone on ${proposal.host} less than an hour ago, and once an hour is all`,
    )

  const because = await prepare(parts, proposal, review, presser)
  const result = because === null ? await claim() : refused(proposal, because)
  if (result.kind === 'claimed') {
    await reviews.save({ ...review, state: 'open' })
    await parts.tell.wentAlone(result.proposal, review)
    return result
  }
  await callOff(parts, review, presser)
  return result
}

/** Announces it and writes it down; answers why it may not go on, or null. */
async function prepare(
  { audit, log, reviews }: DeskParts,
  proposal: Proposal,
  review: Review,
  presser: Presser,
): Promise<string | null> {
  try {
    await reviews.save(review)
    await presser.announce(review)
  } catch (error) {
    log.error({ err: error, channel: review.channel }, 'going on alone could not be announced')
    return 'it could not be announced in the channel that the policy names, and without that nobody goes on alone'
  }
  try {
    const { host, action, target } = proposal
    const { by, reason, at } = review
    await audit.append({ step: 'alone', proposal: proposal.id, host, action, target, by, reason, at })
    return null
  } catch (error) {
    log.error({ err: error }, 'going on alone could not be written to the audit')
    return 'the audit record could not be written'
  }
}

/** It was announced and not approved: somebody else was faster, or it failed. What cannot be called off now stays for the sweep of reviews. */
async function callOff({ reviews, log }: DeskParts, review: Review, presser: Presser): Promise<void> {
  await reviews.giveTurnBack(review.host, review.id)
  try {
    await presser.callOff(review)
    await reviews.remove(review.id)
  } catch (error) {
    log.warn({ err: error }, 'an announcement was not called off')
  }
}

/** By this bot's own audit: Redis alone is not believed. */
function usedAt({ audit, now }: DeskParts, host: string): string | null {
  const at = audit.aloneAt(host)
  return at !== null && now().getTime() - Date.parse(at) < aloneSeconds * 1000 ? at : null
}

function reviewOf({ id, host, action, target }: Proposal, { by, reason, at }: Press, channel: string): Review {
  return { id, host, action, target, by, reason: (reason ?? '').slice(0, 500), at, channel, state: 'pending' }
}

function refused(proposal: Proposal, because: string): PressResult {
  return { kind: 'refused', because, proposal }
}

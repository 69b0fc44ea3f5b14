import type { RunMember, RunPress } from '../approval/fleet-run.ts'
import type { Press } from '../approval/policy/decide.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Found } from '../approval/proposal-store.ts'
import { isApproved, isOpenOffer } from '../approval/transition.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { Presser, PresserOf, RunPresser } from './desk.ts'
import { type Judged, judgePress } from './judge-press.ts'
import { pressOf } from './who-presses.ts'

export type JudgeParts = Pick<DeskParts, 'hostOf' | 'now' | 'policy' | 'proposals'>

/** A host of a run at this moment: its offer may be gone, or may be pressed. */
export type MemberJudged =
  /** `claimed`: somebody else has approved it. */
  | { readonly kind: 'gone'; readonly claimed: boolean; readonly because: string }
  | { readonly kind: 'open'; readonly found: Found; readonly judged: Judged }

/**
 * What these presses come to for one host, as if its own button was pressed now: everybody is asked for his groups again. `until`: the run
 * holds its offer open that long; null: it does not.
 */
export async function judgeMember(
  parts: JudgeParts,
  member: RunMember,
  presser: Presser,
  earlier: readonly Presser[],
  until: string | null,
): Promise<MemberJudged> {
  const found = await parts.proposals.find(member.proposal)
  if (found?.hash !== member.hash) return gone('its offer is not known any more')
  const over = whyGone(found.proposal, until, parts.now())
  if (over !== null) return over
  const judged = await judgePress(parts, found.proposal, presser, async (made, groups) => [
    ...(await pressesOf(earlier, groups, parts.now())),
    made,
  ])
  return { kind: 'open', found, judged: codeAsRefusal(found.proposal, judged) }
}

/** Those who pressed, the last of them last: as people of whom Slack is asked again. */
export function pressersOf(presses: readonly RunPress[], people: PresserOf): readonly Presser[] {
  return presses.map(({ by, channel }) => people(by, channel))
}

export function runPressOf({ userId, channel }: RunPresser, now: Date): RunPress {
  return { by: userId, at: now.toISOString(), channel }
}

/** Somebody of whom Slack says nothing, or who may approve nothing any more, counts no more. */
async function pressesOf(
  pressers: readonly Presser[],
  groups: readonly string[],
  now: Date,
): Promise<readonly Press[]> {
  const each = await Promise.all(
    pressers.map(async (presser) => {
      const stranger = await presser.whyNot().catch(() => 'not told')
      return stranger === null ? pressOf(presser, groups, now) : null
    }),
  )
  return each.flatMap((press) => (press === null ? [] : [press]))
}

function gone(because: string): Extract<MemberJudged, { kind: 'gone' }> {
  return { kind: 'gone', claimed: false, because }
}

function whyGone(proposal: Proposal, until: string | null, now: Date): Extract<MemberJudged, { kind: 'gone' }> | null {
  const { kind } = proposal.state
  if (kind === 'superseded') return gone('a newer diagnosis took the place of its offer')
  if (kind === 'expired') return gone('its offer has expired')
  if (isApproved(proposal)) return { kind: 'gone', claimed: true, because: 'somebody else has approved it' }
  const held = until !== null && now.toISOString() < until
  return held || isOpenOffer(proposal, now) ? null : gone('its offer has expired')
}

function codeAsRefusal({ host }: Proposal, judged: Judged): Judged {
  if (judged.kind !== 'code-wanted') return judged
  const because = `${host} asks for a code of your second factor, which is good for one host at a time: diagnose it alone and approve it there`
  return { kind: 'refused', because }
}

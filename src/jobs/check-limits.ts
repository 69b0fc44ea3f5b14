import { lookBack, type PastAction, whyTooOften } from '../approval/limits.ts'
import { type Policy, type PolicyHost, riskOf } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Logger } from '../log.ts'
import type { Examine } from './examination.ts'
import type { HoldGroups } from './hold-groups.ts'
import { whyTooLow } from './members-left.ts'

export type Limited =
  /** To be released when the action has ended. */
  { readonly ok: true; readonly release: () => Promise<void> } | { readonly ok: false; readonly because: string }

/** Whether the limits of the policy let this action begin now, whoever approved it. */
export type CheckLimits = (proposal: Omit<Proposal, 'state'>) => Promise<Limited>

export interface LimitParts {
  readonly policy: () => Policy | Promise<Policy>
  readonly hostOf: (name: string) => PolicyHost | null
  readonly membersOf: (group: string) => readonly string[]
  /** What was begun since then. Rejects when that cannot be told. */
  readonly pastActions: (since: Date) => Promise<readonly PastAction[]>
  readonly examine: Examine
  readonly holdGroups: HoldGroups
  readonly log: Logger
  readonly now: () => Date
}

const nothingHeld: Limited = { ok: true, release: () => Promise.resolve() }

/** Asked by the worker just before it acts: budget and cool-down of the target by the record, and the floor of its groups by asking their members. */
export function createCheckLimits(parts: LimitParts): CheckLimits {
  return async (proposal) => {
    const { limits } = await parts.policy()
    const past = await parts.pastActions(new Date(parts.now().getTime() - lookBack(limits))).catch((error: unknown) => {
      parts.log.error({ proposal: proposal.id, err: error }, 'past actions could not be counted')
      return null
    })
    if (past === null) return not('what was done to it before could not be counted')
    const others = past.filter(({ proposal: id }) => id !== proposal.id)
    const often = whyTooOften(limits, proposal, others, parts.now())
    if (often !== null) return not(often)
    if (riskOf(proposal.action) !== 'restart' || limits.keepHealthy === 0) return nothingHeld
    return aboveFloor(proposal, limits.keepHealthy, parts).catch((error: unknown) => {
      parts.log.error({ proposal: proposal.id, err: error }, 'the other members of a group could not be looked at')
      return not('it could not be seen how the other members of its group are')
    })
  }
}

/** A group of one has no floor: that is said in the offer. */
async function aboveFloor(proposal: Omit<Proposal, 'state'>, keep: number, parts: LimitParts): Promise<Limited> {
  const { host } = proposal
  const groups = (parts.hostOf(host)?.groups ?? [])
    .map((group) => ({ group, others: parts.membersOf(group).filter((member) => member !== host) }))
    .filter(({ others }) => others.length > 0)
  if (groups.length === 0) return nothingHeld
  // Two members that are interrupted at the same time would each see the other one well.
  const release = await parts.holdGroups(groups.map(({ group }) => group))
  if (release === null)
    return not(`another member of ${groups.map(({ group }) => group).join(' or ')} is being acted on at this moment`)
  const low = await whyTooLow(proposal, keep, groups, parts)
  if (low === null) return { ok: true, release }
  await release()
  return not(low)
}

function not(because: string): Limited {
  return { ok: false, because }
}

import { type MemberSeen, whyBelowFloor } from '../approval/group-floor.ts'
import { type PastAction, whyTooOften } from '../approval/limits.ts'
import { type Policy, type PolicyHost, riskOf } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Logger } from '../log.ts'
import type { Examination, Examine } from './examination.ts'
import type { HoldGroups } from './hold-groups.ts'

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

/** How far back restarts are counted, ms. */
const HOUR = 3600_000

/** Most time for looking at the other members, ms; the approval waits for it, and the guard is compared after it. */
const lookMs = 25_000

/** Members that are looked at side by side. */
const atOnce = 3

const nothingHeld: Limited = { ok: true, release: () => Promise.resolve() }

/** Asked by the worker just before it acts: budget and cool-down of the target by the record, and the floor of its groups by asking their members. */
export function createCheckLimits(parts: LimitParts): CheckLimits {
  return async (proposal) => {
    const { limits } = await parts.policy()
    const back = Math.max(HOUR, limits.coolDownSeconds * 1000)
    const past = await parts.pastActions(new Date(parts.now().getTime() - back)).catch((error: unknown) => {
      parts.log.error({ proposal: proposal.id, err: error }, 'past actions could not be counted')
      return null
    })
    if (past === null) return not('what was done to it before could not be counted')
    const others = past.filter(({ proposal: id }) => id !== proposal.id)
    const often = whyTooOften(limits, proposal, others, parts.now())
    if (often !== null) return not(often)
    if (riskOf(proposal.action) !== 'restart' || limits.keepHealthy === 0) return nothingHeld
    return aboveFloor(proposal, limits.keepHealthy, parts)
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
  const low = await whyTooLow(proposal, keep, groups, parts).catch((error: unknown) => {
    parts.log.error({ proposal: proposal.id, err: error }, 'the other members of a group could not be looked at')
    return 'it could not be seen how the other members of its group are'
  })
  if (low === null) return { ok: true, release }
  await release()
  return not(low)
}

interface Group {
  readonly group: string
  readonly others: readonly string[]
}

async function whyTooLow(
  proposal: Omit<Proposal, 'state'>,
  keep: number,
  groups: readonly Group[],
  parts: LimitParts,
): Promise<string | null> {
  const signal = AbortSignal.timeout(lookMs)
  if (!serves(proposal, await lookAt(proposal.diagnosed, signal, parts))) return null
  const seen = new Map<string, MemberSeen>()
  for (const { group, others } of groups) {
    for (let from = 0; from < others.length && !isEnough(others, seen, keep); from += atOnce) {
      const next = others.slice(from, from + atOnce).filter((member) => !seen.has(member))
      for (const member of await Promise.all(next.map((name) => memberSeen(name, signal, parts))))
        seen.set(member.host, member)
    }
    const low = whyBelowFloor(
      keep,
      proposal.host,
      group,
      others.map((name) => seen.get(name) ?? { host: name, healthy: false, said: 'not asked' }),
    )
    if (low !== null) return low
  }
  return null
}

function isEnough(others: readonly string[], seen: ReadonlyMap<string, MemberSeen>, keep: number): boolean {
  return others.filter((name) => seen.get(name)?.healthy).length >= keep
}

async function memberSeen(host: string, signal: AbortSignal, parts: LimitParts): Promise<MemberSeen> {
  const examination = await lookAt(host, signal, parts)
  if (examination === null) return { host, healthy: false, said: 'could not be examined' }
  const { verdict, headline } = examination.diagnosis
  return { host, healthy: verdict === 'healthy', said: headline }
}

/** Null: nobody knows how it is. */
async function lookAt(
  host: string,
  signal: AbortSignal,
  { examine, log, now }: LimitParts,
): Promise<Examination | null> {
  if (signal.aborted) return null
  return examine({ host }, { signal, now, onProgress: () => undefined }).catch((error: unknown) => {
    log.warn({ host, err: error }, 'a member of a group could not be examined')
    return null
  })
}

/**
 * Whether the target does something for others that an interruption would end. A unit that the finding is still about and that fails every request
 * does nothing; nginx itself does while it runs, and what could not be seen counts as serving.
 */
function serves({ action, cause, host, target }: Omit<Proposal, 'state'>, examination: Examination | null): boolean {
  if (examination === null || action === 'restart-nginx') return true
  const { diagnosis } = examination
  const fault = diagnosis.findings.find(
    ({ cause: found, failingNow, subject }) =>
      found === cause && failingNow && (subject.unit ?? target) === target && (subject.host ?? diagnosis.host) === host,
  )
  return fault === undefined || fault.impact?.intermittent === true
}

function not(because: string): Limited {
  return { ok: false, because }
}

import { type MemberSeen, whyBelowFloor } from '../approval/group-floor.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Logger } from '../log.ts'
import type { Examination, Examine } from './examination.ts'

interface LookParts {
  readonly examine: Examine
  readonly log: Logger
  readonly now: () => Date
}

/** Most time for looking at the other members, ms; the approval waits for it, and the guard is compared after it. */
const lookMs = 25_000

/** Members that are looked at side by side. */
const atOnce = 3

/** A group of the inventory, without the host that is acted on. */
export interface Group {
  readonly group: string
  readonly others: readonly string[]
}

/**
 * Why too few members would be left that serve, each asked now; null when enough are, or when the target serves nobody. The host itself
 * and the others are looked at side by side: somebody waits, and an approval is for now.
 */
export async function whyTooLow(
  proposal: Omit<Proposal, 'state'>,
  keep: number,
  groups: readonly Group[],
  parts: LookParts,
): Promise<string | null> {
  const enough = new AbortController()
  const signal = AbortSignal.any([AbortSignal.timeout(lookMs), enough.signal])
  const low = whyLowIn(proposal.host, keep, groups, (name) => memberSeen(name, signal, parts))
  const own = await lookAt(proposal.diagnosed, signal, parts)
  if (serves(proposal, own)) return low
  enough.abort()
  await low
  return null
}

async function whyLowIn(
  host: string,
  keep: number,
  groups: readonly Group[],
  see: (name: string) => Promise<MemberSeen>,
): Promise<string | null> {
  const seen = new Map<string, MemberSeen>()
  for (const { group, others } of groups) {
    for (let from = 0; from < others.length && !isEnough(others, seen, keep); from += atOnce) {
      const next = others.slice(from, from + atOnce).filter((member) => !seen.has(member))
      for (const member of await Promise.all(next.map(see))) seen.set(member.host, member)
    }
    const members = others.map((name) => seen.get(name) ?? { host: name, healthy: false, said: 'not asked' })
    const low = whyBelowFloor(keep, host, group, members)
    if (low !== null) return low
  }
  return null
}

function isEnough(others: readonly string[], seen: ReadonlyMap<string, MemberSeen>, keep: number): boolean {
  return others.filter((name) => seen.get(name)?.healthy).length >= keep
}

async function memberSeen(host: string, signal: AbortSignal, parts: LookParts): Promise<MemberSeen> {
  const examination = await lookAt(host, signal, parts)
  if (examination === null) return { host, healthy: false, said: 'could not be examined' }
  const { verdict, headline } = examination.diagnosis
  return { host, healthy: verdict === 'healthy', said: headline }
}

/** Null: nobody knows how it is. */
async function lookAt(
  host: string,
  signal: AbortSignal,
  { examine, log, now }: LookParts,
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

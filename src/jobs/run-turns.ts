import type { FleetRun, RunMember } from '../approval/fleet-run.ts'
import { dueIn } from '../approval/fleet-run-turn.ts'
import { ForgedProposalError } from '../approval/proposal-store.ts'
import { claim } from './claim.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { LookAtPeople, Presser, PresserOf } from './desk.ts'
import { type JudgeParts, judgeMember, type MemberJudged, pressersOf } from './judge-run.ts'

export type TurnParts = JudgeParts & Pick<DeskParts, 'acts' | 'log' | 'note' | 'runs' | 'signer' | 'tell'>

/**
 * Begins what is due in a run, and tells how it goes. Each host is judged anew, with the people who pressed as Slack knows them now (asked once for the
 * hosts whose turn comes together), and claimed as by a press on its own button. May be called by several bots at the same time, and again after any of them died.
 */
export async function takeTurns(parts: TurnParts, runId: string, look: LookAtPeople): Promise<FleetRun | null> {
  const at = () => parts.now().toISOString()
  let run = (await parts.runs.apply(runId, { kind: 'look', at: at() }))?.run ?? null
  while (run !== null) {
    const due = dueIn(run)
    if (due.length === 0) break
    const proposals = due.map(({ proposal }) => proposal)
    // Written down first: after a stop nobody begins what another bot was about to begin.
    const begun = await parts.runs.apply(runId, { kind: 'begin', proposals, at: at() })
    const now = begun?.run
    const people = look()
    if (begun?.ok && now) await Promise.all(due.map((member) => beginMember(parts, now, member, people)))
    run = await parts.runs.find(runId)
  }
  if (run && run.state.kind !== 'offered' && run.state.kind !== 'asked') await parts.tell.run(run, [])
  return run
}

/** Approves the action of one host whose turn has come. Doing it again changes nothing. */
export async function beginMember(
  parts: TurnParts,
  run: FleetRun,
  member: RunMember,
  people: PresserOf,
): Promise<void> {
  const at = () => parts.now().toISOString()
  const because = await whyNotBegun(parts, run, member, people)
  const { proposal } = member
  await parts.runs.apply(
    run.id,
    because === null ? { kind: 'approved', proposal, at: at() } : { kind: 'left', proposal, because, at: at() },
  )
}

async function whyNotBegun(
  parts: TurnParts,
  run: FleetRun,
  member: RunMember,
  people: PresserOf,
): Promise<string | null> {
  const until = run.state.kind === 'going' ? run.state.until : null
  const pressers = pressersOf(run.presses, people)
  const last = pressers.at(-1)
  if (last === undefined) return 'nobody has approved it'
  const is = await judgeGenuine(parts, member, last, pressers.slice(0, -1), until)
  // Whoever claimed it, another bot in this turn or a person elsewhere: its end is told, and counts here.
  if (is.kind === 'gone') return is.claimed ? null : is.because
  const { found, judged } = is
  if (judged.kind !== 'enough') {
    const because =
      judged.kind === 'one-more' ? judged.decision.because : judged.kind === 'refused' ? judged.because : ''
    const { proposal } = found
    await parts.note({ what: 'press', about: proposal.id, proposal, by: last.userId, because })
    return because
  }
  const result = await claim(parts, found, judged.presses, until === null ? null : { id: run.id, until })
  if (result.kind === 'claimed' || result.kind === 'already') return null
  return result.kind === 'superseded' ? 'a newer diagnosis took the place of its offer' : 'its offer has expired'
}

/** What no worker wrote is left alone, as it is where it stands alone. */
async function judgeGenuine(
  parts: TurnParts,
  member: RunMember,
  ...rest: readonly [presser: Presser, earlier: readonly Presser[], until: string | null]
): Promise<MemberJudged> {
  try {
    return await judgeMember(parts, member, ...rest)
  } catch (error) {
    if (!(error instanceof ForgedProposalError)) throw error
    await parts.note({ what: 'proposal', about: member.proposal, proposal: null, by: null, because: error.message })
    return { kind: 'gone', claimed: false, because: 'what stands in Redis for it is not what a worker wrote' }
  }
}

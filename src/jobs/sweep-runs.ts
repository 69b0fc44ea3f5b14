import type { FleetRun, RunMember } from '../approval/fleet-run.ts'
import { openMinutes } from '../approval/policy/asking.ts'
import type { Rule } from '../approval/policy/policy.ts'
import { ruleFor } from '../approval/policy/rule-for.ts'
import { ForgedRunError } from '../approval/fleet-run-store.ts'
import { isApproved } from '../approval/transition.ts'
import type { LookAtPeople, PresserOf } from './desk.ts'
import { callFor } from './press-together.ts'
import { beginMember, takeTurns, type TurnParts } from './run-turns.ts'

export interface SweepRunParts extends TurnParts {
  readonly minutes: number
}

/** How long a host may be about to begin before somebody else takes it up, ms. */
const graceMs = 10_000

/**
 * Brings every run on: what a bot that died was about to begin, whom nobody has called yet, what was not told, and the end of those of which
 * nothing is heard. Several bots may sweep at the same time.
 */
export function createRunSweep(parts: SweepRunParts, look: LookAtPeople): () => Promise<void> {
  return async () => {
    for (const id of await parts.runs.open())
      await lookAfter(parts, id, look).catch((error: unknown) =>
        // One that is broken must not keep the others waiting.
        parts.log.warn({ run: id, err: error }, 'a run over several hosts could not be looked after'),
      )
  }
}

async function lookAfter(parts: SweepRunParts, id: string, look: LookAtPeople): Promise<void> {
  const run = await findGenuine(parts, id)
  if (run === null) return parts.runs.close(id)
  if (run.state.kind === 'asked') await escalate(parts, run)
  const people = look()
  for (const member of run.members) if (isLeftBehind(member, parts.now())) await takeUp(parts, run, member, people)
  const now = await takeTurns(parts, id, look)
  // Told by then: the words about a change are put into the outbox before it returns.
  if (now?.state.kind === 'ended' || now?.state.kind === 'expired') await parts.runs.close(id)
}

/** Null: there is none any more, or none of ours. */
async function findGenuine({ note, runs }: SweepRunParts, id: string): Promise<FleetRun | null> {
  try {
    return await runs.find(id)
  } catch (error) {
    if (!(error instanceof ForgedRunError)) throw error
    await note({ what: 'proposal', about: id, proposal: null, by: null, because: error.message })
    return null
  }
}

/** Its bot died, or was cut off, between noting its turn and approving it. */
function isLeftBehind({ state }: RunMember, now: Date): boolean {
  return state.kind === 'starting' && now.getTime() - Date.parse(state.at) >= graceMs
}

/** After a stop it is not approved any more; where that has happened its end is waited for. */
async function takeUp(parts: SweepRunParts, run: FleetRun, member: RunMember, people: PresserOf): Promise<void> {
  if (run.state.kind !== 'going') return
  if (run.state.stop === null) return beginMember(parts, run, member, people)
  const { proposal } = member
  const at = parts.now().toISOString()
  const found = await parts.proposals.find(proposal)
  const begun = found !== null && isApproved(found.proposal)
  const because = 'the run was stopped before its turn'
  await parts.runs.apply(run.id, begun ? { kind: 'approved', proposal, at } : { kind: 'left', proposal, because, at })
}

/** As for one offer: the approvers are called, and then each contact when nobody has answered. */
async function escalate(parts: SweepRunParts, run: FleetRun): Promise<void> {
  if (run.state.kind !== 'asked') return
  const rule = await ruleOf(parts, run)
  if (rule === null) return
  await parts.tell.run(run, callFor(rule, run))
  const { contacts, afterMinutes } = rule.escalation
  const nth = run.state.contacted + 1
  const now = parts.now()
  if (nth > contacts.length || now.getTime() < Date.parse(run.state.at) + nth * afterMinutes * 60_000) return
  const until = new Date(now.getTime() + openMinutes(rule, parts.minutes) * 60_000).toISOString()
  const told = await parts.runs.apply(run.id, { kind: 'contact', nth, until, at: now.toISOString() })
  if (told?.ok) await parts.tell.run(told.run, callFor(rule, told.run))
}

/** Of the first host: its approvers are those who are called. */
async function ruleOf({ hostOf, policy }: SweepRunParts, { members }: FleetRun): Promise<Rule | null> {
  const host = hostOf(members[0]?.host ?? '')
  return host === null ? null : (ruleFor(await policy(), host)?.rules[0] ?? null)
}

import type { FleetRun } from '../approval/fleet-run.ts'
import { runOpenUntil } from '../approval/fleet-run-open.ts'
import { ForgedRunError } from '../approval/fleet-run-store.ts'
import { openMinutes } from '../approval/policy/asking.ts'
import { ForgedProposalError } from '../approval/proposal-store.ts'
import type { DeskParts } from './desk-on-redis.ts'
import type { FleetPressResult, LookAtPeople, Presser, PresserOf, RunPresser } from './desk.ts'
import { type AllJudged, judgeAll } from './judge-all.ts'
import { runPressOf } from './judge-run.ts'
import { takeTurns } from './run-turns.ts'
import { whomToCall } from './tell-approval.ts'

/** People who press at the same moment make each other decide again. */
const tries = 5

/**
 * A press on the button of a run. It is noted and nothing more: every host must let these people act now, or nothing begins; and each of
 * them is asked again when its turn comes.
 */
export async function pressTogether(
  parts: DeskParts,
  runId: string,
  { userId: by, channel }: RunPresser,
  look: LookAtPeople,
): Promise<FleetPressResult> {
  try {
    let run = await parts.runs.find(runId)
    if (run === null) return { kind: 'unknown' }
    const people = look()
    const presser = people(by, channel)
    const stranger = await presser.whyNot().catch(() => 'Slack did not say who you are, and without that nobody may')
    for (let left = tries; left > 0; left--) {
      if (stranger !== null && isOpen(run, parts.now())) return refused(parts, run, by, stranger)
      const result: FleetPressResult | FleetRun = await pressOnce(parts, run, presser, people)
      if (!('kind' in result)) run = result
      else if (result.kind !== 'begun') return result
      else return { kind: 'begun', run: await firstTurns(parts, result.run, look) }
    }
    return standing(run)
  } catch (error) {
    if (!(error instanceof ForgedRunError || error instanceof ForgedProposalError)) throw error
    await parts.note({ what: 'proposal', about: runId, proposal: null, by, because: error.message })
    return { kind: 'forged' }
  }
}

/** A run: it has moved meanwhile, and is to be decided on again. */
async function pressOnce(
  parts: DeskParts,
  run: FleetRun,
  presser: Presser,
  people: PresserOf,
): Promise<FleetPressResult | FleetRun> {
  const at = parts.now().toISOString()
  if (!isOpen(run, parts.now())) return standing(run)
  const judged = await judgeAll(parts, run, presser, people)
  if (judged.kind === 'gone') return { kind: 'expired', run }
  if (judged.kind === 'refused') return refused(parts, run, presser.userId, judged.because)
  const press = runPressOf(presser, parts.now())
  const presses = [...run.presses.filter((each) => each.by !== press.by), press]
  if (judged.kind === 'one-more') return ask(parts, run, presser, judged)
  const started = await parts.runs.apply(run.id, { kind: 'start', at, presses, gone: judged.gone })
  if (started === null) return { kind: 'unknown' }
  if (!started.ok) return standing(started.run)
  parts.log.info({ run: run.id, hosts: run.members.length, by: presser.userId }, 'a run over several hosts begins')
  return { kind: 'begun', run: started.run }
}

async function firstTurns(parts: DeskParts, run: FleetRun, look: LookAtPeople): Promise<FleetRun> {
  const going = await takeTurns(parts, run.id, look).catch((error: unknown) => {
    // It has begun, and is written down; what is due now is begun by the sweep.
    parts.log.warn({ run: run.id, err: error }, 'the first hosts of a run could not be begun yet')
    return null
  })
  return going ?? run
}

async function ask(
  parts: DeskParts,
  run: FleetRun,
  { userId: by, channel }: RunPresser,
  { because, counts, rule }: Extract<AllJudged, { kind: 'one-more' }>,
): Promise<FleetPressResult | FleetRun> {
  const now = parts.now()
  const at = now.toISOString()
  const until = new Date(now.getTime() + openMinutes(rule, parts.minutes) * 60_000).toISOString()
  const asked = await parts.runs.apply(run.id, {
    kind: 'ask',
    at,
    by,
    until,
    press: counts ? { by, at, channel } : null,
  })
  if (asked === null) return { kind: 'unknown' }
  if (!asked.ok && asked.reason !== 'nothing') return standing(asked.run)
  // Another person pressed at the same moment: together they may be enough.
  if (asked.ok && asked.run.presses.some((each) => each.by !== by && run.presses.every((old) => old.by !== each.by)))
    return asked.run
  if (asked.ok) await parts.tell.run(asked.run, callFor(rule, asked.run))
  return { kind: 'asked', because, counts, run: asked.run }
}

/** Whom to call for a run that waits for another person. */
export function callFor(rule: Parameters<typeof whomToCall>[0], { presses, state }: FleetRun): readonly string[] {
  if (state.kind !== 'asked') return []
  return whomToCall(rule, [state.by, ...presses.map(({ by }) => by)], state.contacted)
}

function isOpen(run: FleetRun, now: Date): boolean {
  const { kind } = run.state
  return (kind === 'offered' || kind === 'asked') && now.toISOString() < runOpenUntil(run)
}

function standing(run: FleetRun): FleetPressResult {
  const open = run.state.kind === 'going' || run.state.kind === 'ended'
  return open ? { kind: 'already', run } : { kind: 'expired', run }
}

async function refused(parts: DeskParts, run: FleetRun, by: string, because: string): Promise<FleetPressResult> {
  await parts.note({ what: 'press', about: run.id, proposal: null, by, because })
  return { kind: 'refused', because, run }
}

import { changed } from './fleet-run-changed.ts'
import type { RunEvent, Stepped } from './fleet-run-event.ts'
import { runOpenUntil, whileOpen } from './fleet-run-open.ts'
import { dueIn } from './fleet-run-turn.ts'
import {
  type FleetRun,
  type MemberState,
  type RunMember,
  type RunOutcome,
  runMinutes,
  silentMinutes,
} from './fleet-run.ts'

/** The whole life of a run, as a pure function: it only goes forward, and after a stop nothing is begun. */
export function stepRun(run: FleetRun, event: RunEvent): Stepped {
  switch (event.kind) {
    case 'ask':
    case 'contact':
    case 'start':
      return whileOpen(run, event)
    case 'begin':
      return begin(run, event)
    case 'approved':
      return change(run, event, 'starting', { kind: 'running', at: event.at }, null)
    case 'left': {
      const { at, because } = event
      return change(run, event, 'starting', { kind: 'left', because, at }, because)
    }
    case 'heard':
      return heard(run, event)
    case 'relapsed':
      return relapsed(run, event)
    case 'look':
      break
  }
  return look(run, event.at)
}

/** All of them or none: whoever decided on another state decides again. */
function begin(run: FleetRun, { at, proposals }: Extract<RunEvent, { kind: 'begin' }>): Stepped {
  const due = dueIn(run).map(({ proposal }) => proposal)
  if (proposals.length === 0 || !proposals.every((id) => due.includes(id))) return { ok: false, reason: 'moved' }
  const members = run.members.map((member): RunMember =>
    proposals.includes(member.proposal) ? { ...member, state: { kind: 'starting', at } } : member,
  )
  return changed(run, { members }, at)
}

function heard(run: FleetRun, event: Extract<RunEvent, { kind: 'heard' }>): Stepped {
  const { at, outcome, healthy, detail, proposal } = event
  const before = run.members.find((member) => member.proposal === proposal)?.state.kind
  if (before === undefined || before === 'ended') return { ok: false, reason: 'nothing' }
  const why = outcome === 'resolved' ? 'it was not seen healthy after it' : outcomeWords[outcome]
  const stop = outcome === 'resolved' && healthy ? null : `${why}: ${detail}`
  // Of hundreds that are well again nobody reads why.
  return change(run, event, before, { kind: 'ended', outcome, detail: stop === null ? '' : detail, at }, stop)
}

const outcomeWords: Readonly<Record<RunOutcome, string>> = {
  resolved: 'resolved',
  'still-failing': 'still failing',
  'not-checked': 'it could not be checked',
  'refused-by-nginx': 'nginx refused it',
  refused: 'the action was refused',
  failed: 'the action failed',
}

function relapsed(run: FleetRun, { at, proposal, detail }: Extract<RunEvent, { kind: 'relapsed' }>): Stepped {
  const member = run.members.find((each) => each.proposal === proposal)
  if (member?.state.kind !== 'ended' || run.state.kind !== 'going' || run.state.stop !== null)
    return { ok: false, reason: 'nothing' }
  const stop = { host: member.host, because: `it fails again: ${detail}` }
  return changed(run, { state: { ...run.state, stop } }, at)
}

function look(run: FleetRun, at: string): Stepped {
  const { state } = run
  if (state.kind === 'offered' || state.kind === 'asked')
    return at >= runOpenUntil(run) ? changed(run, { state: { kind: 'expired', at } }) : { ok: false, reason: 'nothing' }
  if (state.kind !== 'going') return { ok: false, reason: 'nothing' }
  if (Date.parse(at) - Date.parse(state.progressAt) >= silentMinutes * 60_000) {
    const stop = state.stop ?? { host: null, because: `nothing was heard of it for ${silentMinutes} minutes` }
    return changed(run, { state: { kind: 'ended', at, stop } })
  }
  if (state.stop === null && at >= state.until && dueIn(run).length > 0) {
    const stop = { host: null, because: `an approval lets hosts begin for ${runMinutes} minutes` }
    return changed(run, { state: { ...state, stop } }, at)
  }
  return { ok: false, reason: 'nothing' }
}

function change(
  run: FleetRun,
  { proposal, at }: { readonly proposal: string; readonly at: string },
  before: MemberState['kind'],
  after: MemberState,
  stop: string | null,
): Stepped {
  const { state } = run
  const member = run.members.find((each) => each.proposal === proposal)
  if (!member || member.state.kind !== before || state.kind !== 'going') return { ok: false, reason: 'nothing' }
  const members = run.members.map((each) => (each === member ? { ...each, state: after } : each))
  const because = state.stop ?? (stop === null ? null : { host: member.host, because: stop })
  return changed(run, { members, state: { ...state, stop: because } }, at)
}

import type { RunEvent, Stepped } from './fleet-run-event.ts'
import {
  type FleetRun,
  type MemberState,
  type RunMember,
  type RunOutcome,
  type RunState,
  runMinutes,
  silentMinutes,
  type Stop,
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

/** The proposals whose turn it is, in the order of the run: as many as may be under way beside those that are. */
export function dueIn({ members, atOnce, state }: FleetRun): readonly RunMember[] {
  if (state.kind !== 'going' || state.stop !== null) return []
  const free = atOnce - members.filter(isUnderWay).length
  return members.filter(({ state: { kind } }) => kind === 'waiting').slice(0, Math.max(0, free))
}

export function isUnderWay({ state: { kind } }: RunMember): boolean {
  return kind === 'starting' || kind === 'running'
}

/** Until when a press on its button counts. */
export function runOpenUntil({ state, expiresAt }: FleetRun): string {
  return state.kind === 'asked' ? state.until : expiresAt
}

function whileOpen(run: FleetRun, event: Extract<RunEvent, { kind: 'ask' | 'contact' | 'start' }>): Stepped {
  const { state } = run
  if (state.kind === 'going' || state.kind === 'ended') return { ok: false, reason: 'going' }
  if (state.kind === 'expired' || event.at >= runOpenUntil(run)) return { ok: false, reason: 'over' }
  if (event.kind === 'start') return start(run, event)
  if (event.kind === 'contact') {
    if (state.kind !== 'asked' || event.nth !== state.contacted + 1) return { ok: false, reason: 'moved' }
    return changed(run, { state: { ...state, contacted: event.nth, until: event.until } })
  }
  const { press } = event
  const presses = press === null ? run.presses : [...run.presses.filter(({ by }) => by !== press.by), press]
  if (state.kind === 'asked' && presses.length === run.presses.length) return { ok: false, reason: 'nothing' }
  const { by, at, contacted } = state.kind === 'asked' ? state : { by: event.by, at: event.at, contacted: 0 }
  return changed(run, { presses, state: { kind: 'asked', by, at, until: event.until, contacted } })
}

function start(run: FleetRun, { at, presses, gone }: Extract<RunEvent, { kind: 'start' }>): Stepped {
  const members = run.members.map((member): RunMember => {
    const because = gone.get(member.proposal)
    return because === undefined ? member : { ...member, state: { kind: 'left', because, at } }
  })
  return changed(run, { presses, members, state: going(at, null) })
}

function going(at: string, stop: Stop | null): Extract<RunState, { kind: 'going' }> {
  const until = new Date(Date.parse(at) + runMinutes * 60_000).toISOString()
  return { kind: 'going', at, until, progressAt: at, stop }
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

/** A run that has nothing left to do has ended; `at`: something was heard of it. */
function changed(run: FleetRun, change_: Partial<FleetRun>, at: string | null = null): Stepped {
  const next = { ...run, ...change_, revision: run.revision + 1 }
  const { state, members } = next
  if (state.kind !== 'going') return { ok: true, run: next }
  const moved = at === null ? state : { ...state, progressAt: at }
  const open =
    members.some(isUnderWay) || (state.stop === null && members.some((each) => each.state.kind === 'waiting'))
  return { ok: true, run: { ...next, state: open ? moved : { kind: 'ended', at: at ?? moved.at, stop: state.stop } } }
}

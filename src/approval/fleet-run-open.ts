import { changed } from './fleet-run-changed.ts'
import type { RunEvent, Stepped } from './fleet-run-event.ts'
import { type FleetRun, type RunMember, type RunState, runMinutes, type Stop } from './fleet-run.ts'

/** Until when a press on its button counts. */
export function runOpenUntil({ state, expiresAt }: FleetRun): string {
  return state.kind === 'asked' ? state.until : expiresAt
}

/** A press, or waiting for one: while a run is offered or asked for. */
export function whileOpen(run: FleetRun, event: Extract<RunEvent, { kind: 'ask' | 'contact' | 'start' }>): Stepped {
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

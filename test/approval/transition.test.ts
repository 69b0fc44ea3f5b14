import { expect, test } from 'vitest'
import type { ProposalState } from '../../src/approval/proposal.ts'
import { type ProposalEvent, transition } from '../../src/approval/transition.ts'

const at = '2026-11-21T03:05:00.000Z'
const late = '2026-11-21T03:20:00.000Z'
const expiresAt = '2026-11-21T03:10:00.000Z'
const by = 'U1'

const states: Record<ProposalState['kind'], ProposalState> = {
  proposed: { kind: 'proposed' },
  claimed: { kind: 'claimed', by, at },
  running: { kind: 'running', by, at },
  succeeded: { kind: 'succeeded', by, at, detail: '' },
  failed: { kind: 'failed', by, at, detail: '' },
  refused: { kind: 'refused', by, at, detail: '' },
  expired: { kind: 'expired', at },
  superseded: { kind: 'superseded', at },
}

const events: Record<string, ProposalEvent> = {
  claim: { kind: 'claim', by: 'U2', at },
  'late claim': { kind: 'claim', by: 'U2', at: late },
  start: { kind: 'start', at },
  succeed: { kind: 'end', as: 'succeeded', detail: '', at },
  fail: { kind: 'end', as: 'failed', detail: '', at },
  refuse: { kind: 'end', as: 'refused', detail: '', at },
  expire: { kind: 'expire', at: late },
  'early expire': { kind: 'expire', at },
  supersede: { kind: 'supersede', at },
}

/** Every way forward there is; whatever is not in this list is refused with a reason. */
const ways: readonly (readonly [ProposalState['kind'], string, ProposalState['kind']])[] = [
  ['proposed', 'claim', 'claimed'],
  ['proposed', 'expire', 'expired'],
  ['proposed', 'supersede', 'superseded'],
  ['claimed', 'start', 'running'],
  ['claimed', 'refuse', 'refused'],
  ['running', 'succeed', 'succeeded'],
  ['running', 'fail', 'failed'],
  ['running', 'refuse', 'refused'],
]

const all = Object.values(states).flatMap((state) => Object.keys(events).map((event) => [state.kind, event] as const))

test.each(all)('from %s by %s there is exactly the way that the table has', (from, event) => {
  const result = transition({ state: states[from], expiresAt }, events[event] ?? { kind: 'start', at })

  const way = ways.find(([state, name]) => state === from && name === event)
  if (way) expect(result).toMatchObject({ ok: true, state: { kind: way[2] } })
  else expect(result).toEqual({ ok: false, reason: expect.stringMatching(/^[a-z-]+$/) })
})

test('who claimed it stays named until the end', () => {
  const running = transition({ state: states.claimed, expiresAt }, { kind: 'start', at: late })

  expect(running).toEqual({ ok: true, state: { kind: 'running', by: 'U1', at: late } })
})

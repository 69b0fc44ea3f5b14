import { expect, test } from 'vitest'
import type { Asked, ProposalState } from '../../src/approval/proposal.ts'
import { type ProposalEvent, transition } from '../../src/approval/transition.ts'

const at = '2026-11-21T03:05:00.000Z'
const late = '2026-11-21T03:20:00.000Z'
const expiresAt = '2026-11-21T03:10:00.000Z'
const by = ['U1']
const approval = { key: 'k', text: '{}', signature: '' }
const press = { by: 'U1', at, groups: [], channel: 'C1', how: 'click', reason: null, secondFactor: false } as const

const asked: Asked = {
  kind: 'asked',
  by: 'U1',
  at,
  presses: [press],
  until: '2026-11-21T03:15:00.000Z',
  contacted: 0,
  seal: approval,
}
const two = [press, { ...press, by: 'U2' }]

const states: Record<ProposalState['kind'], ProposalState> = {
  proposed: { kind: 'proposed' },
  asked,
  claimed: { kind: 'claimed', by, at, approval },
  running: { kind: 'running', by, at, approval },
  succeeded: { kind: 'succeeded', by, at, detail: '' },
  failed: { kind: 'failed', by, at, detail: '' },
  refused: { kind: 'refused', by, at, detail: '' },
  expired: { kind: 'expired', at },
  superseded: { kind: 'superseded', at },
}

const events: Record<string, ProposalEvent> = {
  claim: { kind: 'claim', by: ['U2'], at, approval },
  'late claim': { kind: 'claim', by: ['U2'], at: late, approval },
  ask: { kind: 'ask', at, asked },
  'ask with one more': { kind: 'ask', at, asked: { ...asked, presses: two } },
  'ask with two more': { kind: 'ask', at, asked: { ...asked, presses: [...two, { ...press, by: 'U3' }] } },
  'ask as if a contact had been told': { kind: 'ask', at, asked: { ...asked, presses: two, contacted: 1 } },
  'ask as if it was asked before': { kind: 'ask', at, asked: { ...asked, presses: two, at: expiresAt } },
  contact: { kind: 'contact', at, asked: { ...asked, contacted: 1 } },
  'contact told before': { kind: 'contact', at, asked },
  'contact out of turn': { kind: 'contact', at, asked: { ...asked, contacted: 2 } },
  'contact that loses a press': { kind: 'contact', at, asked: { ...asked, contacted: 1, presses: [] } },
  'late contact': { kind: 'contact', at: late, asked: { ...asked, contacted: 1 } },
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
  ['proposed', 'ask', 'asked'],
  ['proposed', 'ask with one more', 'asked'],
  ['proposed', 'ask with two more', 'asked'],
  ['proposed', 'ask as if it was asked before', 'asked'],
  ['asked', 'ask with one more', 'asked'],
  ['asked', 'contact', 'asked'],
  ['asked', 'claim', 'claimed'],
  ['asked', 'expire', 'expired'],
  ['asked', 'supersede', 'superseded'],
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

  expect(running).toEqual({ ok: true, state: { kind: 'running', by: ['U1'], at: late, approval } })
})

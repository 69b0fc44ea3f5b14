import { describe, expect, it } from 'vitest'
import { type FleetRun, mostMembers, type RunMember } from '../../src/approval/fleet-run.ts'
import type { RunEvent } from '../../src/approval/fleet-run-event.ts'
import { fileSchema } from '../../src/config-file.ts'
import { stepRun } from '../../src/approval/fleet-run-step.ts'
import { dueIn } from '../../src/approval/fleet-run-turn.ts'

const begin = Date.parse('2026-11-21T03:00:00Z')
const minute = (count: number): string => new Date(begin + count * 60_000).toISOString()
const press = { by: 'U0DANA', at: minute(1), channel: 'C1' }

function offered(hosts: number, atOnce = 2): FleetRun {
  const members = Array.from({ length: hosts }, (_, nth): RunMember => ({
    proposal: `p${nth + 1}`,
    hash: 'a'.repeat(64),
    host: `web-${nth + 1}`,
    state: { kind: 'waiting' },
  }))
  return {
    id: 'r'.repeat(32),
    threadId: 't1',
    diagnosisId: 'd1',
    action: 'reload-nginx',
    target: 'nginx.service',
    argv: ['systemctl', 'reload', 'nginx.service'],
    members,
    atOnce,
    createdAt: minute(0),
    expiresAt: minute(10),
    presses: [],
    state: { kind: 'offered' },
    revision: 0,
  }
}

function after(run: FleetRun, ...events: readonly RunEvent[]): FleetRun {
  return events.reduce((now, event) => {
    const stepped = stepRun(now, event)
    if (!stepped.ok) throw new Error(`${event.kind} is refused: ${stepped.reason}`)
    return stepped.run
  }, run)
}

const started = { kind: 'start', at: minute(1), presses: [press], gone: new Map() } as const

function begun(...proposals: readonly string[]): readonly RunEvent[] {
  const at = minute(2)
  return [
    { kind: 'begin', proposals, at },
    ...proposals.map((proposal) => ({ kind: 'approved', proposal, at }) as const),
  ]
}

function heard(
  proposal: string,
  outcome: 'resolved' | 'still-failing' | 'not-checked' | 'failed' | 'refused',
  healthy = true,
): RunEvent {
  return { kind: 'heard', proposal, outcome, healthy, detail: 'as it is', at: minute(3) }
}

const due = (run: FleetRun): readonly string[] => dueIn(run).map(({ host }) => host)
const states = (run: FleetRun): readonly string[] => run.members.map(({ state }) => state.kind)

describe('a run over several hosts', () => {
  it('begins nothing before it is approved', () => {
    expect(due(offered(3))).toEqual([])
  })

  it('begins as many hosts as may be under way, in their order', () => {
    const run = after(offered(5), started)

    expect(due(run)).toEqual(['web-1', 'web-2'])
    expect(due(after(run, ...begun('p1', 'p2')))).toEqual([])
    expect(due(after(run, ...begun('p1', 'p2'), heard('p1', 'resolved')))).toEqual(['web-3'])
  })

  it('ends when every host is resolved', () => {
    const run = after(offered(2), started, ...begun('p1', 'p2'), heard('p2', 'resolved'), heard('p1', 'resolved'))

    expect(run.state).toMatchObject({ kind: 'ended', stop: null })
  })

  it.each([
    { outcome: 'still-failing', healthy: false },
    { outcome: 'not-checked', healthy: false },
    { outcome: 'failed', healthy: false },
    { outcome: 'refused', healthy: false },
    { outcome: 'resolved', healthy: false },
  ] as const)('begins nothing more after $outcome of a host that is not seen healthy', ({ outcome, healthy }) => {
    const run = after(offered(5), started, ...begun('p1', 'p2'), heard('p2', outcome, healthy))

    expect(due(run)).toEqual([])
    expect(run.state).toMatchObject({ kind: 'going', stop: { host: 'web-2' } })
    const over = after(run, heard('p1', 'resolved'))
    expect(over.state).toMatchObject({ kind: 'ended', stop: { host: 'web-2' } })
    expect(states(over)).toEqual(['ended', 'ended', 'waiting', 'waiting', 'waiting'])
  })

  it('stops at a host that is not approved when its turn comes', () => {
    const at = minute(2)
    const run = after(
      offered(3, 1),
      started,
      { kind: 'begin', proposals: ['p1'], at },
      { kind: 'left', proposal: 'p1', because: 'changes are frozen', at },
    )

    expect(run.state).toMatchObject({ kind: 'ended', stop: { host: 'web-1', because: 'changes are frozen' } })
  })

  it('does not begin what was decided on before it stopped', () => {
    const run = after(offered(3, 1), started, ...begun('p1'), heard('p1', 'resolved'))
    const stopped = after(run, { kind: 'relapsed', proposal: 'p1', detail: 'it is down again', at: minute(4) })

    expect(stopped.state).toMatchObject({ kind: 'ended', stop: { host: 'web-1' } })
    expect(stepRun(stopped, { kind: 'begin', proposals: ['p2'], at: minute(4) })).toMatchObject({ ok: false })
  })

  it('is started by one press, and no other one counts after it', () => {
    const run = after(offered(2), started)

    expect(stepRun(run, started)).toEqual({ ok: false, reason: 'going' })
  })

  it('counts each person who presses while another one is asked for once', () => {
    const ask = { kind: 'ask', by: press.by, at: minute(1), until: minute(11), press } as const
    const run = after(offered(2), ask)

    expect(stepRun(run, ask)).toEqual({ ok: false, reason: 'nothing' })
    expect(after(run, { ...ask, by: 'U0SAM', press: { ...press, by: 'U0SAM' } }).presses.map(({ by }) => by)).toEqual([
      'U0DANA',
      'U0SAM',
    ])
  })

  it('keeps its offer open for the second person, and no longer', () => {
    const ask = { kind: 'ask', by: press.by, at: minute(9), until: minute(19), press } as const
    const run = after(offered(2), ask)

    expect(after(run, { ...started, at: minute(18) }).state.kind).toBe('going')
    expect(stepRun(run, { ...started, at: minute(19) })).toEqual({ ok: false, reason: 'over' })
    expect(after(run, { kind: 'look', at: minute(19) }).state.kind).toBe('expired')
  })

  it('takes no press after its offers have expired', () => {
    expect(stepRun(offered(2), { ...started, at: minute(10) })).toEqual({ ok: false, reason: 'over' })
  })

  it('ends with words when nothing is heard of it', () => {
    const run = after(offered(3, 1), started, ...begun('p1'))

    expect(stepRun(run, { kind: 'look', at: minute(16) })).toEqual({ ok: false, reason: 'nothing' })
    expect(after(run, { kind: 'look', at: minute(17) }).state).toMatchObject({
      kind: 'ended',
      stop: { because: 'nothing was heard of it for 15 minutes' },
    })
  })

  it('begins no host later than half an hour after its approval', () => {
    const events = [heard('p1', 'resolved')].map((event) => ({ ...event, at: minute(31) }))
    const run = after(offered(3, 1), started, ...begun('p1'), ...events)

    const late = after(run, { kind: 'look', at: minute(31) })

    expect(late.state).toMatchObject({ kind: 'ended', stop: { host: null } })
    expect(states(late)).toEqual(['ended', 'waiting', 'waiting'])
  })

  it('keeps no words of hosts that are well again, for there may be hundreds of them', () => {
    const run = after(offered(2), started, ...begun('p1', 'p2'), heard('p1', 'resolved'), heard('p2', 'failed', false))

    expect(run.members.map(({ state }) => state)).toMatchObject([
      { detail: '' },
      { detail: expect.stringMatching(/./) },
    ])
  })

  it('has room for the largest fleet that the configuration allows', () => {
    expect(fileSchema.shape.fleetHosts.safeParse(mostMembers).success).toBe(true)
    expect(fileSchema.shape.fleetHosts.safeParse(mostMembers + 1).success).toBe(false)
  })

  it('leaves out hosts whose offers are gone when it starts', () => {
    const gone = new Map([['p1', 'a newer diagnosis took the place of its offer']])

    const run = after(offered(3), { ...started, gone })

    expect(states(run)).toEqual(['left', 'waiting', 'waiting'])
    expect(due(run)).toEqual(['web-2', 'web-3'])
  })

  it('counts a host whose action somebody else has approved by how that ends', () => {
    const run = after(offered(3, 1), started, heard('p2', 'still-failing', false))

    expect(run.state).toMatchObject({ kind: 'ended', stop: { host: 'web-2' } })
  })
})

import { describe, expect, it } from 'vitest'
import { whyBelowFloor } from '../../src/approval/group-floor.ts'
import { type PastAction, whyTooOften } from '../../src/approval/limits.ts'

const limits = { restartsPerHour: 3, coolDownSeconds: 30, keepHealthy: 1 }
const now = new Date('2026-11-21T03:00:00Z')
const doing = { host: 'web-1', target: 'checkout-api.service', action: 'restart-unit' } as const

function past(secondsAgo: number, more: Partial<PastAction> = {}): PastAction {
  const at = new Date(now.getTime() - secondsAgo * 1000).toISOString()
  return { proposal: `${secondsAgo}`, ...doing, at, outcome: 'still-failing', ...more }
}

const three = [past(3000), past(2000), past(1000)]

describe('the budget of restarts', () => {
  it('refuses the fourth within an hour and shows the three before it', () => {
    const why = whyTooOften(limits, doing, three, now)

    expect(why).toContain('was restarted 3 times within the last hour')
    expect(why).toContain(
      'restart-unit at 02:10 UTC, still-failing; restart-unit at 02:26 UTC, still-failing; restart-unit at 02:43 UTC, still-failing',
    )
  })

  it.each<[string, readonly PastAction[], Partial<Record<keyof typeof doing, string>>]>([
    ['two came before', three.slice(1), {}],
    ['one of three is older than an hour', [past(3601), ...three.slice(1)], {}],
    ['they were starts', three.map((each) => ({ ...each, action: 'start-unit' as const })), {}],
    ['they were of another unit', three.map((each) => ({ ...each, target: 'other.service' })), {}],
    ['they were on another host', three.map((each) => ({ ...each, host: 'web-2' })), {}],
  ])('allows it when %s', (_why, before) => {
    expect(whyTooOften(limits, doing, before, now)).toBeNull()
  })

  it.each(['start-unit', 'reload-unit'] as const)('does not count for %s, which interrupts nothing', (action) => {
    expect(whyTooOften(limits, { ...doing, action }, three, now)).toBeNull()
  })

  it('counts a restart of which nobody knows how it ended', () => {
    const before = [...three.slice(1), past(500, { outcome: null })]

    expect(whyTooOften(limits, doing, before, now)).toContain('end unknown')
  })
})

describe('the cool-down', () => {
  it.each(['start-unit', 'restart-unit'] as const)(
    'refuses %s right after another action on the same target',
    (action) => {
      expect(whyTooOften(limits, { ...doing, action }, [past(12, { action: 'start-unit' })], now)).toMatch(
        /began 12 s ago, and 30 s must lie between two \(start-unit at 02:59 UTC/,
      )
    },
  )

  it('is over after its seconds', () => {
    expect(whyTooOften(limits, doing, [past(30)], now)).toBeNull()
  })

  it('holds for a clock that went backwards', () => {
    expect(whyTooOften(limits, doing, [past(-5)], now)).toContain('0 s ago')
  })
})

describe('the floor of a group', () => {
  const well = { host: 'web-2', healthy: true, said: 'web-2 is healthy' }
  const unknown = { host: 'web-3', healthy: false, said: 'web-3 is not reachable: timeout' }

  it('lets a member be interrupted while another one was seen healthy', () => {
    expect(whyBelowFloor(1, 'web-1', 'edge', [unknown, well])).toBeNull()
  })

  it('refuses the last healthy one, and says how the others were seen', () => {
    expect(whyBelowFloor(1, 'web-1', 'edge', [unknown])).toBe(
      'web-1 still serves, none of the other members of edge was seen healthy, and one must stay: web-3 (web-3 is not reachable: timeout)',
    )
  })

  it('counts as the policy asks', () => {
    expect(whyBelowFloor(2, 'web-1', 'edge', [unknown, well])).toContain('only 1')
  })
})

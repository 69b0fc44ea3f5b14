import { expect, test } from 'vitest'
import { groupMembers } from '../../src/fleet/group.ts'
import { sharedPast } from '../../src/fleet/shared-past.ts'
import type { LastFix, Past } from '../../src/history/past.ts'
import { membersFrom, recorded } from '../support/fleet-members.ts'

const hour = 3_600_000
const restart: LastFix = {
  action: 'restart-unit',
  target: 'shop-api.service',
  host: 'app-3',
  at: '2026-11-19T02:00:00Z',
  lastedMs: 4 * hour,
}

function past(more: Partial<Past> = {}): Past {
  return {
    cause: 'backend-down',
    thing: '10.77.7.3:8383',
    count: 3,
    days: 7,
    earlier: [],
    lastFix: restart,
    notHeld: null,
    undone: null,
    ...more,
  }
}

async function group(...pasts: readonly (Past | null)[]) {
  const members = await membersFrom(
    recorded.stoppedThere,
    pasts.map((_, nth) => `web-${nth + 1}`),
  )
  const [first] = groupMembers(members.map((member, nth) => ({ ...member, ...(pasts[nth] && { past: pasts[nth] }) })))
  if (first === undefined) throw new Error('no group')
  return sharedPast(first)
}

test('the same past of all hosts of a group is one', async () => {
  expect(await group(past(), past())).toEqual({
    count: 3,
    days: 7,
    exact: true,
    fix: { action: 'restart-unit', target: 'shop-api.service', host: 'app-3', shortest: 4 * hour, longest: 4 * hour },
  })
})

test('what differs is told as much as holds for each of them', async () => {
  const longer = past({ count: 2, days: 30, lastFix: { ...restart, lastedMs: 5 * hour } })

  expect(await group(past(), longer)).toMatchObject({
    count: 2,
    days: 30,
    exact: false,
    fix: { shortest: 4 * hour, longest: 5 * hour },
  })
})

test('a restart of the unit on each host itself is one fix, and of different units none', async () => {
  const own = (host: string, target = 'shop-api.service') => past({ lastFix: { ...restart, host, target } })

  expect((await group(own('web-1'), own('web-2')))?.fix).toMatchObject({ host: null })
  expect((await group(own('web-1'), own('web-2', 'other.service')))?.fix).toBeNull()
  expect((await group(own('web-1'), past({ lastFix: null })))?.fix).toBeNull()
})

test('one host that has it for the first time, or a single host, shares nothing', async () => {
  expect(await group(past(), past({ count: 1 }))).toBeNull()
  expect(await group(past(), null)).toBeNull()
  expect(await group(past())).toBeNull()
})

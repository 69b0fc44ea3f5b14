import { describe, expect, it } from 'vitest'
import { fleetText } from '../../src/cli/fleet-text.ts'
import type { Terminal } from '../../src/cli/paint.ts'
import { membersFrom, recorded, unreachable } from '../support/fleet-members.ts'

const terminal: Terminal = { width: 80, paint: (_, text) => text, isTerminal: false }

describe('several hosts on the command line', () => {
  it('are told together at the end: the shared backend, then each group with its hosts', async () => {
    const members = [
      ...(await membersFrom(recorded.healthy, ['web-6'])),
      ...(await membersFrom(recorded.stoppedThere, ['web-2', 'web-1', 'web-3'])),
      ...(await membersFrom(recorded.stoppedHere, ['web-4'])),
      unreachable('web-5'),
    ]

    expect(fleetText(members, terminal)).toBe(`Together, 6 hosts: 4 in trouble, 1 unreachable, 1 healthy
It is the backend 10.77.7.3:8383 on app-3, not these 3 hosts: the backend is
  down (confirmed).
3 hosts: the backend is down, 10.77.7.3:8383 on app-3 (confirmed) (web-1, web-2,
  web-3)
1 host: web-4: checkout-api.service is down since 16:41 UTC; nothing listens on
  127.0.0.1:8080 (confirmed)
1 host: not reachable (no answer) (web-5)
1 host: healthy (web-6)
`)
  })

  it('keep what a host says from steering the terminal', async () => {
    const [first, second] = await membersFrom(recorded.stoppedHere, ['web-1', 'web-2'])
    if (!first?.finding || !second) throw new Error('no members')
    const evil = { ...first, finding: { ...first.finding, summary: '\u001b[2Jgone\u202e', subject: { unit: 'x' } } }

    const text = fleetText([evil, second], terminal)

    expect(['\u001b', '\u202e'].filter((mark) => text.includes(mark))).toEqual([])
  })
})

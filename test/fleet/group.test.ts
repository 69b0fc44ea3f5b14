import { describe, expect, it } from 'vitest'
import { fleetAnswer } from '../../src/fleet/answer.ts'
import { groupMembers } from '../../src/fleet/group.ts'
import { countsLine, groupLine } from '../../src/fleet/lines.ts'
import { failedMember } from '../../src/fleet/member-of.ts'
import type { FleetMember } from '../../src/fleet/member.ts'
import { membersFrom, recorded, unreachable } from '../support/fleet-members.ts'

/** Six behind one dead backend, two that are broken by themselves, three well, and one each that cannot be told or reached. */
async function mixed(): Promise<readonly FleetMember[]> {
  return [
    ...(await membersFrom(recorded.healthy, ['web-20', 'web-9', 'web-21'])),
    ...(await membersFrom(recorded.cannotTell, ['web-15'])),
    ...(await membersFrom(recorded.socketPermission, ['web-11'])),
    unreachable('web-14'),
    ...(await membersFrom(recorded.stoppedHere, ['web-12'])),
    ...(await membersFrom(recorded.stoppedThere, ['web-10', 'web-2', 'web-1', 'web-3', 'web-4', 'web-5'])),
    failedMember('web-16', 'The diagnosis of web-16 failed.', 'Ask again.'),
  ]
}

describe('hosts grouped by what they say', () => {
  it('are told with the biggest trouble first and the healthy ones last', async () => {
    const lines = groupMembers(await mixed()).map(groupLine)

    expect(lines).toEqual([
      expect.stringMatching(/^6 hosts: the backend is down, 10\.\S+ on app-3 \(confirmed\)$/),
      expect.stringMatching(/^1 host: web-11: .* \(confirmed\)$/),
      expect.stringMatching(/^1 host: web-12: .* \(confirmed\)$/),
      '1 host: nothing wrong seen, but not all could be seen',
      '1 host: not reachable (no answer)',
      '1 host: no diagnosis',
      '3 hosts: healthy',
    ])
  })

  it('are named in the order in which people count', async () => {
    const [first] = groupMembers(await mixed())

    expect(first?.members.map(({ host }) => host)).toEqual(['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-10'])
  })

  it('are counted once each', async () => {
    const hosts = (await mixed()).map((member) => ({ host: member.host, member }))

    expect(countsLine(fleetAnswer('group:edge', hosts))).toBe(
      '8 in trouble, 1 cannot tell, 1 unreachable, 1 without a diagnosis, 3 healthy',
    )
  })

  it('are two groups when the same cause lies at two backends', async () => {
    const there = await membersFrom(recorded.stoppedThere, ['web-1', 'web-2'])
    const here = await membersFrom(recorded.stoppedHere, ['web-3', 'web-4'])

    expect(groupMembers([...there, ...here]).map(groupLine)).toEqual([
      expect.stringContaining('on app-3'),
      '2 hosts: the backend is down, checkout-api.service (confirmed)',
    ])
  })

  it('are never said to be surer than the least sure of them', async () => {
    const [first, second] = await membersFrom(recorded.stoppedHere, ['web-1', 'web-2'])
    if (!first || !second?.finding) throw new Error('no findings')
    const likely: FleetMember = { ...second, finding: { ...second.finding, confidence: 'likely' } }

    expect(groupMembers([first, likely])).toMatchObject([{ confidence: 'likely' }])
  })

  it('that cannot tell are kept apart by the place where they fail', async () => {
    const guess = await membersFrom(recorded.stoppedSomewhere, ['web-1', 'web-2'])
    const blind = await membersFrom(recorded.cannotTell, ['web-3'])

    expect(groupMembers([...guess, ...blind]).map(groupLine)).toEqual([
      expect.stringMatching(/^2 hosts: failing at 10\.\S+, cannot tell why$/),
      '1 host: nothing wrong seen, but not all could be seen',
    ])
  })

  it('that cannot be reached are counted by the reason', () => {
    const members = [unreachable('web-1'), unreachable('web-2', 'auth'), unreachable('web-3')]

    expect(groupMembers(members).map(groupLine)).toEqual(['3 hosts: not reachable (2 no answer, 1 login refused)'])
  })
})

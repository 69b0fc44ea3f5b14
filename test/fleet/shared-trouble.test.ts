import { describe, expect, it } from 'vitest'
import { sharedLine } from '../../src/fleet/lines.ts'
import { sharedTroubles } from '../../src/fleet/shared-trouble.ts'
import type { FleetMember } from '../../src/fleet/member.ts'
import { membersFrom, recorded } from '../support/fleet-members.ts'

const three = ['web-1', 'web-2', 'web-3']

function withFinding(member: FleetMember, finding: Partial<NonNullable<FleetMember['finding']>>): FleetMember {
  return member.finding === null ? member : { ...member, finding: { ...member.finding, ...finding } }
}

describe('hosts that fail at the same backend', () => {
  it('name the machine of the backend and not themselves when each of them says the same of it', async () => {
    const members = await membersFrom(recorded.stoppedThere, three)

    const [shared, ...others] = sharedTroubles(members)

    expect(others).toEqual([])
    expect(shared).toMatchObject({
      place: { host: 'app-3' },
      hosts: three,
      settled: { cause: 'backend-down', hosts: 3 },
    })
    expect(shared && sharedLine(shared)).toMatch(
      /^It is the backend 10\.\S+ on app-3, not these 3 hosts: the backend is down/,
    )
  })

  it('are together no surer than the one that is least sure', async () => {
    const [first, ...rest] = await membersFrom(recorded.stoppedThere, three)
    const members = [...rest, ...(first ? [withFinding(first, { confidence: 'likely' })] : [])]

    expect(sharedTroubles(members)[0]?.settled).toEqual({ cause: 'backend-down', confidence: 'likely', hosts: 3 })
  })

  it('settle nothing when each of them has only a guess', async () => {
    const [shared] = sharedTroubles(await membersFrom(recorded.stoppedSomewhere, three))

    expect(shared).toMatchObject({ settled: null, said: [{ cause: 'backend-down', confidence: 'possible', hosts: 3 }] })
    expect(shared && sharedLine(shared)).toMatch(/not settled: on 3 it is possible that the backend is down/)
  })

  it('settle nothing when one of two has only a guess, however sure the other is', async () => {
    const [sure, guess] = await membersFrom(recorded.stoppedThere, ['web-1', 'web-2'])
    if (!sure || !guess) throw new Error('no members')
    const unsure: FleetMember = { ...withFinding(guess, { confidence: 'possible' }), verdict: 'undetermined' }

    const [shared] = sharedTroubles([sure, unsure])

    expect(shared?.settled).toBeNull()
    expect(shared?.said).toHaveLength(2)
  })

  it('say of one that cannot tell only that it fails there too, when two others are sure', async () => {
    const [guess, ...sure] = await membersFrom(recorded.stoppedThere, three)
    if (!guess) throw new Error('no members')
    const unsure: FleetMember = { ...withFinding(guess, { confidence: 'possible' }), verdict: 'undetermined' }

    const [shared] = sharedTroubles([unsure, ...sure])

    expect(shared?.settled).toEqual({ cause: 'backend-down', confidence: 'confirmed', hosts: 2 })
    expect(shared && sharedLine(shared)).toMatch(
      /not these 2 hosts: the backend is down \(confirmed\)\. 1 more fails there and cannot tell why\.$/,
    )
  })

  it('settle nothing when one of them guesses something else', async () => {
    const [guess, ...sure] = await membersFrom(recorded.stoppedThere, three)
    if (!guess) throw new Error('no members')
    const other: FleetMember = {
      ...withFinding(guess, { cause: 'host-unreachable', confidence: 'possible' }),
      verdict: 'undetermined',
    }

    expect(sharedTroubles([other, ...sure])[0]?.settled).toBeNull()
  })

  it('settle nothing when they name different causes for it', async () => {
    const [down, other] = await membersFrom(recorded.stoppedThere, ['web-1', 'web-2'])
    if (!down || !other) throw new Error('no members')

    const [shared] = sharedTroubles([down, withFinding(other, { cause: 'backend-hung' })])

    expect(shared?.settled).toBeNull()
    expect(shared && sharedLine(shared)).toContain('1 says that the backend answers nothing')
  })

  it('do not blame the backend for a rule of their own firewalls', async () => {
    const [shared] = sharedTroubles(await membersFrom(recorded.firewallHere, three))

    expect(shared).toMatchObject({ settled: null, said: [{ cause: 'firewall-blocked' }] })
  })

  it('share nothing when each of them has its own on the same loopback address', async () => {
    expect(sharedTroubles(await membersFrom(recorded.stoppedHere, three))).toEqual([])
  })

  it('share nothing when one host alone fails there', async () => {
    expect(sharedTroubles(await membersFrom(recorded.stoppedThere, ['web-1']))).toEqual([])
  })

  it('share nothing that is over', async () => {
    const members = (await membersFrom(recorded.stoppedThere, three)).map((each) =>
      withFinding(each, { failingNow: false }),
    )

    expect(sharedTroubles(members)).toEqual([])
  })

  it('know the name of the machine when one of them does, and none when they disagree', async () => {
    const [named, nameless] = await membersFrom(recorded.stoppedThere, ['web-1', 'web-2'])
    if (!named?.finding || !nameless?.finding) throw new Error('no findings')
    const { host: _, ...subject } = nameless.finding.subject

    const one = sharedTroubles([named, withFinding(nameless, { subject })])
    const disagreeing = sharedTroubles([named, withFinding(nameless, { subject: { ...subject, host: 'app-4' } })])

    expect(one[0]?.place.host).toBe('app-3')
    expect(disagreeing[0]?.place.host).toBeNull()
  })
})

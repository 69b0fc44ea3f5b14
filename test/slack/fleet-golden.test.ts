import { beforeAll, describe, expect, it } from 'vitest'
import { fleetAnswer } from '../../src/fleet/answer.ts'
import { failedMember } from '../../src/fleet/member-of.ts'
import type { FleetMember } from '../../src/fleet/member.ts'
import { fleetDetails } from '../../src/slack/messages/fleet-details.ts'
import { fleetEnd } from '../../src/slack/messages/fleet-end.ts'
import { fleetRoot } from '../../src/slack/messages/fleet-root.ts'
import type { Message } from '../../src/slack/messages/message.ts'
import { membersFrom, recorded, unreachable } from '../support/fleet-members.ts'
import { readAloud } from './read-aloud.ts'

const at = '2026-11-21T03:09:00Z'
let members: readonly FleetMember[]

beforeAll(async () => {
  members = [
    ...(await membersFrom(recorded.stoppedThere, ['web-1', 'web-2', 'web-3', 'web-4'])),
    ...(await membersFrom(recorded.stoppedHere, ['web-5', 'web-6'])),
    ...(await membersFrom(recorded.socketPermission, ['web-7'])),
    ...(await membersFrom(recorded.cannotTell, ['web-8'])),
    unreachable('web-9'),
    unreachable('web-10', 'auth'),
    failedMember('web-11', 'web-11 is not in the inventory of the worker, so it was not asked.', 'Give both the same.'),
    ...(await membersFrom(recorded.healthy, ['web-12', 'web-13'])),
  ]
})

function answered(count = members.length) {
  return fleetAnswer(
    'group:edge',
    members.map((member, index) => ({ host: member.host, member: index < count ? member : null })),
  )
}

function told(message: Message): string {
  return `${readAloud(message)}\n`
}

describe('a fleet, as read aloud', () => {
  it('while hosts answer', async () => {
    const root = fleetRoot(answered(5), { stalled: false, at })

    await expect(told(root)).toMatchFileSnapshot('goldens/fleet-filling.txt')
  })

  it('says how many are looked at side by side as long as not all can be', async () => {
    const roots = [answered(0), answered(3), answered(9)].map((answer) =>
      fleetRoot(answer, { stalled: false, at, atOnce: 8 }),
    )

    await expect(roots.map(told).join('\n')).toMatchFileSnapshot('goldens/fleet-pace.txt')
  })

  it('when nobody answers any more', async () => {
    const root = fleetRoot(answered(0), { stalled: true, at })

    await expect(told(root)).toMatchFileSnapshot('goldens/fleet-stalled.txt')
  })

  it('when all have answered', async () => {
    const root = fleetRoot(answered(), { stalled: false, at })

    await expect(told(root)).toMatchFileSnapshot('goldens/fleet-root.txt')
  })

  it('at the same backend, without knowing whether it is the backend', async () => {
    const guesses = await membersFrom(recorded.stoppedSomewhere, ['web-1', 'web-2', 'web-3'])
    const answer = fleetAnswer(
      'shop.example.com',
      guesses.map((member) => ({ host: member.host, member })),
    )

    await expect(told(fleetRoot(answer, { stalled: false, at }))).toMatchFileSnapshot('goldens/fleet-not-settled.txt')
  })

  it('of many faults names the first in short and counts the others, also where the line is cut', () => {
    const own = members.filter(({ host }) => ['web-5', 'web-7', 'web-12'].includes(host))
    const answer = fleetAnswer(
      'a very long title of an alert about shop.example.com',
      own.map((member) => ({ host: member.host, member })),
    )
    const alone = fleetAnswer('group:edge', [{ host: 'web-5', member: own[0] ?? null }])

    expect(fleetRoot(answer, { stalled: false, at }).text).toMatch(
      /^a very .*…: web-5: the backend is down; 1 more in trouble$/,
    )
    expect(fleetRoot(alone, { stalled: false, at }).text).toMatch(/^group:edge: web-5: checkout-api\.service is down/)
  })

  it('names the one host that is well', () => {
    const member = members.find(({ verdict }) => verdict === 'healthy')
    const [detail] = member ? fleetDetails(fleetAnswer('group:edge', [{ host: member.host, member }])) : []

    expect(detail ? told(detail.message) : '').toContain(`*1 host: healthy*\n${member?.host}\n`)
  })

  it('group by group in the thread', async () => {
    const details = fleetDetails(answered()).map(({ key, message }) => `== ${key}\n${told(message)}`)

    await expect(details.join('\n')).toMatchFileSnapshot('goldens/fleet-details.txt')
  })

  it('is checked again by its hosts where an alert gave it its title, whatever that says', () => {
    const hosts = ['web-1', 'web-2']
    const lineOf = (title: string, typed: boolean) => {
      const unwell = hosts.map((host) => ({ host, member: unreachable(host) }))
      const { blocks } = fleetEnd(fleetAnswer(title, unwell), hosts, null, typed)
      return JSON.stringify(blocks)
    }

    expect(lineOf('group:edge', true)).toContain('"diagnose group:edge"')
    for (const title of ['group:all', 'nginx.net.request_per_s'])
      expect(lineOf(title, false)).toContain('"diagnose web-1 web-2"')
  })

  it('in one line for who asked', async () => {
    const end = fleetEnd(
      answered(),
      members.map(({ host }) => host),
      'U0DANA00001',
    )

    expect(end.text.length).toBeLessThan(135)
    await expect(told(end)).toMatchFileSnapshot('goldens/fleet-end.txt')
  })
})

import { describe, expect, it } from 'vitest'
import { answer } from '../../commands/answer.ts'
import { readLine } from '../../commands/read-line.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

function say(line: string) {
  return answer(readLine(line), { inventory: inventoryOfTests(), text: line })
}

describe('muting from chat', () => {
  it.each([
    ['mute web-1', 'web-1', 3600, ''],
    ['mute Web-1 2h', 'web-1', 7200, ''],
    ['mute group:edge for 2h moving the database', 'group:edge', 7200, 'moving the database'],
    ['mute all 90 min power cut', 'all', 5400, 'power cut'],
    ['mute web-1 for the release', 'web-1', 3600, 'for the release'],
  ])('%j is on %s for %s seconds because of %j', async (line, on, seconds, because) => {
    expect(await say(line)).toEqual({ kind: 'mute', on, seconds, because })
  })

  it.each([
    ['mute', ['status', 'hosts', 'help']],
    ['mute edge', ['mute group:edge', 'hosts', 'help']],
    ['mute wbe-1 2h', ['mute web-1', 'mute web-2', 'hosts']],
    ['unmute', ['status', 'help']],
    ['unmute web-1 web-2', ['status', 'help']],
    ['unmute wbe-1', ['unmute web-1', 'unmute web-2', 'hosts']],
  ])('nothing is muted or ended by %j; suggested is %j', async (line, lines) => {
    expect(await say(line)).toMatchObject({ kind: 'suggestions', commands: lines })
  })

  it.each(['mute web-1 5s', 'mute web-1 for 30d', 'mute web-1 web-2'])('%j is refused with words', async (line) => {
    expect(await say(line)).toMatchObject({ kind: 'refusal', message: expect.stringMatching(/seven days|at a time/) })
  })

  it('a mute is ended by exactly what it was on, also when the inventory lost it', async () => {
    expect(await say('unmute group:gone')).toEqual({ kind: 'unmute', on: 'group:gone' })
  })
})

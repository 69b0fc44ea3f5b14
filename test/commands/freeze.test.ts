import { describe, expect, it } from 'vitest'
import { answer } from '../../commands/answer.ts'
import { readLine } from '../../commands/read-line.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

function say(line: string) {
  return answer(readLine(line), { inventory: inventoryOfTests(), text: line })
}

describe('freezing from chat', () => {
  it.each([
    ['freeze', 'all', null, ''],
    ['freeze all', 'all', null, ''],
    ['freeze Web-1', 'web-1', null, ''],
    ['freeze group:edge for 2h moving the database', 'group:edge', 7200, 'moving the database'],
    ['freeze web-1 release for 90 min please', 'web-1', 5400, 'release please'],
    ['freeze for 1d year-end', 'all', 86_400, 'year-end'],
    ['freeze all for the release', 'all', null, 'for the release'],
  ])('%j is on %s for %s seconds because of %j', async (line, on, seconds, because) => {
    expect(await say(line)).toEqual({ kind: 'freeze', on, seconds, because })
  })

  it.each([
    ['freeze wbe-1', ['freeze web-1', 'freeze web-2', 'hosts']],
    ['freeze edge', ['freeze group:edge', 'hosts', 'help']],
    ['freeze group:egde for 2h', ['freeze group:edge', 'hosts', 'help']],
    ['unfreeze wbe-1', ['unfreeze web-1', 'unfreeze web-2', 'hosts']],
    ['unfreeze', ['freezes', 'help']],
    ['unfreeze web-1 web-2', ['freezes', 'help']],
  ])(
    'nothing is frozen or lifted by %j, which names nothing of the inventory; suggested is %j',
    async (line, lines) => {
      expect(await say(line)).toMatchObject({ kind: 'suggestions', commands: lines })
    },
  )

  it.each(['freeze web-1 for 5s', 'freeze web-1 for 90d'])('%j lasts too short or too long', async (line) => {
    expect(await say(line)).toMatchObject({ kind: 'refusal', message: expect.stringContaining('30 days') })
  })

  it('a second host is not taken for the reason of the first', async () => {
    expect(await say('freeze web-1, web-2')).toMatchObject({
      kind: 'refusal',
      message: expect.stringContaining('one host'),
    })
  })

  it.each(['unfreeze all', 'unfreeze group:edge', 'unfreeze web-1'])('%j lifts exactly that', async (line) => {
    expect(await say(line)).toEqual({ kind: 'unfreeze', on: line.split(' ')[1] })
  })

  it('a group that the inventory lost can still be unfrozen', async () => {
    expect(await say('unfreeze group:gone')).toEqual({ kind: 'unfreeze', on: 'group:gone' })
  })

  it('freezes lists them', async () => {
    expect(await say('freezes')).toEqual({ kind: 'freezes' })
  })
})

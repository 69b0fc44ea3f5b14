import { expect, test } from 'vitest'
import { answer } from '../../commands/answer.ts'
import { readLine } from '../../commands/read-line.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

function say(line: string) {
  return answer(readLine(line), { inventory: inventoryOfTests(), text: line })
}

test.each([
  ['watch web-1', 'web-1', 1800],
  ['watch web-1 for 1h', 'web-1', 3600],
  ['watch web-1 90 min', 'web-1', 5400],
  ['watch WEB-1 30m', 'web-1', 1800],
  ['watch web-1, web-2 for 1d', 'web-1, web-2', 86_400],
])('%j watches %s for %i seconds', async (line, title, seconds) => {
  expect(await say(line)).toMatchObject({ kind: 'watch', watched: { title }, seconds })
})

test.each(['watch web-1 for 2m', 'watch web-1 for 2d', 'watch web-1 for a while', 'watch web-1 for 30m please'])(
  '%j is refused with how long a watch lasts',
  async (line) => {
    expect(await say(line)).toMatchObject({ kind: 'refusal', message: expect.stringMatching(/five minutes and a day/) })
  },
)

test('a mistyped host is suggested as a whole line', async () => {
  expect(await say('watch wbe-1 for 30m')).toMatchObject({
    kind: 'suggestions',
    commands: expect.arrayContaining(['watch web-1']),
  })
})

test('"watch" alone lists, and a watch is ended by its name, also when the inventory lost the host', async () => {
  expect(await say('watch')).toEqual({ kind: 'watches' })
  expect(await say('unwatch WEB-1')).toEqual({ kind: 'unwatch', on: 'web-1' })
  expect(await say('unwatch gone-9')).toEqual({ kind: 'unwatch', on: 'gone-9' })
  expect(await say('unwatch')).toMatchObject({ kind: 'suggestions' })
})

import { describe, expect, it } from 'vitest'
import { answer } from '../../commands/answer.ts'
import { readLine } from '../../commands/read-line.ts'
import { inventoryOfTests } from './inventory-of-tests.ts'

const week = 7 * 86_400

function say(line: string) {
  return answer(readLine(line), { inventory: inventoryOfTests(), text: line })
}

describe('asking for a history', () => {
  it.each([
    ['history web-1', { kind: 'host', host: 'web-1' }, ['web-1'], week],
    ['history WEB-1 30d', { kind: 'host', host: 'web-1' }, ['web-1'], 30 * 86_400],
    ['history web-1 for the last 36 hours', { kind: 'host', host: 'web-1' }, ['web-1'], 36 * 3600],
    ['history group:edge since 2d', { kind: 'group', group: 'group:edge' }, ['web-1', 'web-2'], 2 * 86_400],
    ['history backend-down', { kind: 'cause', cause: 'backend-down' }, ['web-1', 'web-2', 'db.internal'], week],
    ['history all', { kind: 'all' }, ['web-1', 'web-2', 'db.internal'], week],
  ])('reads %j', async (line, of, hosts, seconds) => {
    expect(await say(line)).toEqual({ kind: 'history', of, hosts, seconds })
  })

  it.each([
    ['history wbe-1', 'history web-1'],
    ['history backend-dwon', 'history backend-down'],
    ['history edge', 'history group:edge'],
    ['history', 'history web-1'],
    ['history web-1 web-2', 'history web-1'],
    ['history __proto__', 'hosts'],
  ])('suggests for %j, which names nothing or too much, %j', async (line, near) => {
    expect(await say(line)).toMatchObject({ kind: 'suggestions', commands: expect.arrayContaining([near]) })
  })

  it.each(['history web-1 5m', 'history web-1 900d'])(
    'refuses the span of %j with those that can be used',
    async (line) => {
      expect(await say(line)).toMatchObject({ kind: 'refusal', message: expect.stringContaining('400 days') })
    },
  )
})

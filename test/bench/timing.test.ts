import { expect, test } from 'vitest'
import { median, takeTurns, timesTable } from '../../bench/timing.ts'

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (numbers, middle) => {
  expect(median(numbers)).toBe(middle)
})

test('contenders take turns, and the first round is not counted', async () => {
  const order: string[] = []
  const contender = (name: string) => ({ name, run: async () => void order.push(name) })

  const timed = await takeTurns([contender('a'), contender('b')], 2, new AbortController().signal)

  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  expect(timed.map(({ ms }) => ms.length)).toEqual([2, 2])
})

test('out of time it ends with the one round that it needs', async () => {
  const timed = await takeTurns([{ name: 'a', run: async () => {} }], 50, AbortSignal.abort())

  expect(timed[0]?.ms.length).toBe(1)
})

test('the table shows the ratio to each yardstick', () => {
  const table = timesTable(
    [
      { name: 'ssh', ms: [100, 300, 200] },
      { name: 'ours', ms: [50] },
    ],
    ['ssh'],
  )

  expect(table.split('\n')[1]).toMatch(/^ssh +200 +100 +300 +1\.00x$/)
  expect(table.split('\n')[2]).toMatch(/^ours +50 +50 +50 +0\.25x$/)
})

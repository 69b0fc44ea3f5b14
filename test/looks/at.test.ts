import { expect, test } from 'vitest'
import { cronOf } from '../../src/looks/sweeps/at.ts'

test.each([
  ['Mon 08:00', '0 8 * * 1'],
  ['sunday 7:05', '5 7 * * 0'],
  ['23:59', '59 23 * * *'],
  ['0 8 * * 1-5', '0 8 * * 1-5'],
  ['*/15 6-20 1,15 * mon,wed', '*/15 6-20 1,15 * mon,wed'],
])('%j is the pattern %j', (at, pattern) => {
  expect(cronOf(at)).toBe(pattern)
})

test.each([
  '',
  'Mon',
  '24:00',
  'Mon 08:60',
  'Xyz 08:00',
  'Mon Tue 08:00',
  '60 8 * * *',
  '0 8 * * 8',
  '5-1 * * * *',
  '* * * * * *',
  '*/0 * * * *',
  '0 8 * * @',
])('%j is no time', (at) => {
  expect(cronOf(at)).toBeNull()
})

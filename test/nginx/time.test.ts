import { describe, expect, it } from 'vitest'
import { instant, seconds } from '../../src/nginx/time.ts'

describe('times of a configuration', () => {
  it.each([
    ['60s', 60],
    ['90', 90],
    ['1m', 60],
    ['1h30m', 5400],
    ['1h 30m', 5400],
    ['500ms', 0.5],
    ['1d', 86_400],
  ])('%s is %d seconds', (text, expected) => {
    expect(seconds(text)).toBe(expected)
  })

  it.each(['', 's', 'abc', '1x', '-5s', '$timeout'])('%j is no time', (text) => {
    expect(seconds(text)).toBeNull()
  })
})

describe('stamps of a log', () => {
  it.each([
    ['2026-11-21T03:04:05', '+01:00', '2026-11-21T02:04:05Z'],
    ['2026-11-21T03:04:05', '+0530', '2026-11-20T21:34:05Z'],
    ['2026-12-31T23:30:00', '-01:00', '2027-01-01T00:30:00Z'],
    ['2026-11-21T03:04:05', 'Z', '2026-11-21T03:04:05Z'],
  ])('%s at %s is %s', (local, offset, expected) => {
    expect(instant(local, offset)).toBe(expected)
  })

  it('are no instant when the stamp or the zone is malformed', () => {
    expect(instant('2026-13-40T03:04:05', '+01:00')).toBeNull()
    expect(instant('2026-11-21T03:04:05', 'CET')).toBeNull()
  })
})

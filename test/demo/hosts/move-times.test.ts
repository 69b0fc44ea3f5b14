import { describe, expect, test } from 'vitest'
import { moveTimes } from '../../../demo/hosts/move-times.ts'

const recordedAt = new Date('2026-11-21T11:30:00Z')
const day = 24 * 3600

describe('times in a recording', () => {
  test.each([
    ['2026/11/21 11:02:03 [error] 31#31: *7', '2026/11/22 11:02:03 [error] 31#31: *7'],
    ['[21/Nov/2026:11:02:03 +0100] "GET /', '[22/Nov/2026:11:02:03 +0100] "GET /'],
    ['since Sat 2026-11-21 11:02:03 UTC', 'since Sun 2026-11-22 11:02:03 UTC'],
    ['2026-11-21T11:02:03+00:00 web-1', '2026-11-22T11:02:03+00:00 web-1'],
    ['Nov 21 11:02:03 web-1 systemd[1]: Stopped', 'Nov 22 11:02:03 web-1 systemd[1]: Stopped'],
    ['clock 1795258923 +0000', 'clock 1795345323 +0000'],
    ['timestamp=1795258923123456', 'timestamp=1795345323123456'],
    ['request at 1795258923.123', 'request at 1795345323.123'],
  ])('%s moves by a day', (before, after) => {
    expect(moveTimes(before, day, recordedAt)).toBe(after)
  })

  test.each([
    'uptime 5123.44 9876.12',
    'pid 1234567890',
    'sha 1795258923abc',
    'notAfter=Nov 21 11:02:03 2031 GMT',
    'released 2019-04-02 10:00:00',
    '0000000000-1795258923x',
  ])('%s stays, because it is no time of the recording', (text) => {
    expect(moveTimes(text, day, recordedAt)).toBe(text)
  })

  test('distances between times stay the same over the end of a month', () => {
    const moved = moveTimes('2026/11/21 23:59:59 and 2026/11/22 00:00:01', 9 * day, recordedAt)

    expect(moved).toBe('2026/11/30 23:59:59 and 2026/12/01 00:00:01')
  })
})

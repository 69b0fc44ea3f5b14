import { beforeAll, describe, expect, it } from 'vitest'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

let snapshot: Snapshot

beforeAll(async () => {
  const folder = captureFolders().find(({ name }) => name === 'rules/backend-down/fires-backend-down')?.folder ?? ''
  snapshot = await readSnapshot(folder)
})

describe('how bad it is', () => {
  it('is told by first and last error, rate, sites, locations and the share of requests that fail', () => {
    const impact = replaySnapshot(snapshot).findings[0]?.impact

    expect(impact).toMatchObject({
      sites: ['shop.example.com'],
      locations: ['/'],
      failingShare: 1,
      intermittent: false,
    })
    expect(Date.parse(impact?.firstSeen ?? '')).toBeLessThan(Date.parse(impact?.lastSeen ?? ''))
    expect(impact?.perMinute).toBe(Math.round((impact?.count ?? 0) / 0.5))
  })

  it('is at the same time when the log has stamps of another zone than the host', () => {
    const before = replaySnapshot(snapshot).findings[0]?.impact

    const inZone = replaySnapshot(withLog(earlierByAnHour)).findings[0]?.impact

    expect(inZone).toEqual(before)
  })
})

/** An hour earlier by its own stamps, which the host found to be an hour behind its clock. */
function earlierByAnHour(log: string): string {
  return shifted(log, 3600)
}

function shifted(log: string, seconds: number): string {
  return log
    .replace(/^(@log \S+ \d+ \d+) \d+ /gm, `$1 ${seconds} `)
    .replace(
      /\b(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)\b/g,
      (_, year: string, month: string, day: string, time: string) =>
        new Date(Date.parse(`${year}-${month}-${day}T${time}Z`) - seconds * 1000)
          .toISOString()
          .slice(0, 19)
          .replaceAll('-', '/')
          .replace('T', ' '),
    )
}

function withLog(change: (log: string) => string): Snapshot {
  const captures = snapshot.captures.map((each) =>
    each.capture.probe === 'error-log'
      ? { ...each, capture: { ...each.capture, stdout: change(each.capture.stdout) } }
      : each,
  )
  return { ...snapshot, captures }
}

import { beforeAll, describe, expect, it } from 'vitest'
import { terminalOf } from '../../src/cli/paint.ts'
import { besideOf, besideText } from '../../src/cli/replay-beside.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

const terminal = terminalOf({ isTTY: false, columns: 80 }, {})
let healthy: Snapshot
let failing: Snapshot

function folderOf(wanted: string): string {
  return captureFolders().find(({ name }) => name === wanted)?.folder ?? ''
}

beforeAll(async () => {
  healthy = await readSnapshot(folderOf('hosts/healthy'))
  failing = await readSnapshot(folderOf('rules/backend-down/fires-backend-down'))
})

/** The capture with its configuration edited, as a person would between two looks. */
function edited(snapshot: Snapshot, from: string, to: string): Snapshot {
  const captures = snapshot.captures.map((recorded) =>
    recorded.capture.probe === 'nginx-config'
      ? { ...recorded, capture: { ...recorded.capture, stdout: recorded.capture.stdout.replace(from, to) } }
      : recorded,
  )
  return { ...snapshot, captures }
}

describe('two snapshots side by side', () => {
  it('say what is found differently, and what differs on the host', () => {
    const beside = besideOf(healthy, failing, replaySnapshot)

    expect(beside.findings[0]).toBe('the verdict was healthy, is diagnosed')
    expect(beside.findings[1]).toMatch(/^new: backend-down \(confirmed\): /)
    expect(beside.host.join('\n')).toMatch(/\.service was active \(running\), is inactive \(dead\)/)
    expect(beside.host.join('\n')).toMatch(/nothing listens on 127\.0\.0\.1:\d+ any more/)
  })

  it('name the line of the configuration that changed', () => {
    const beside = besideOf(
      healthy,
      edited(healthy, 'worker_connections 768;', 'worker_connections 512;'),
      replaySnapshot,
    )

    expect(beside.host).toEqual([
      expect.stringMatching(
        /^\/etc\/nginx\/nginx\.conf: line \d+ was "worker_connections 768;", is "worker_connections 512;"$/,
      ),
    ])
    expect(besideText(beside, terminal)).toContain('Both find the same.')
  })

  it('say that nothing differs between one and itself', () => {
    const text = besideText(besideOf(failing, failing, replaySnapshot), terminal)

    expect(text).toContain('Both find the same.')
    expect(text).toContain('Nothing that is compared differs.')
  })
})

import { expect, it } from 'vitest'
import type { Snapshot } from '../../src/host/snapshot.ts'
import { snapshotReadme } from '../../src/host/snapshot-readme.ts'

const plain = { host: 'web-1', exitCode: 0, ms: 12, truncated: false, timedOut: false, stderr: '' }
const snapshot: Snapshot = {
  host: 'web-1',
  collectedAt: '2026-11-21T03:08:11Z',
  timezone: '+01:00',
  recordedOn: 'Debian GNU/Linux 12 (bookworm)',
  captures: [
    { capture: { ...plain, probe: 'sockets', command: 'ss -Htanp', stdout: 'x' }, args: [], round: 1 },
    { capture: { ...plain, probe: 'disk', command: 'df | `sh`', stdout: '', truncated: true }, args: [], round: 1 },
    {
      capture: { ...plain, probe: 'host', host: 'app-3', command: 'date', stdout: 'x', timedOut: true },
      args: [],
      round: 3,
    },
  ],
}

it('says what a snapshot is, which file answers which question, and how it ended', () => {
  const text = snapshotReadme(snapshot, 'checkout-api.service is down | <b>')

  expect(text).toContain('# web-1 at 2026-11-21T03:08:11Z\n\ncheckout-api.service is down b\n')
  expect(text).toContain('| 1-sockets | `ss -Htanp` | exit 0 after 12 ms |')
  expect(text).toContain('| (no output) | `df sh` | exit 0 after 12 ms, cut |')
  expect(text).toContain('| 3-host | `date` (on app-3) | timed out after 12 ms |')
  expect(text).toContain('gatemedic replay FOLDER LATER')
})

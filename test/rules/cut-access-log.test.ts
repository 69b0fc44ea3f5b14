import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { weakenings } from '../../lab/score/weakened.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'

test('a disk with room again is no more than possibly full where the access log was cut before the answers that came since', async () => {
  const folder = fileURLToPath(new URL('disk-full/quiet-healthy-healed-disk', import.meta.url))
  const snapshot = await readSnapshot(folder)
  const captures = snapshot.captures.map((each) =>
    each.capture.probe === 'access-log' ? { ...each, capture: weakenings.truncated(each.capture) } : each,
  )

  const { verdict, findings } = replaySnapshot({ ...snapshot, captures })

  expect(verdict).toBe('undetermined')
  expect(findings[0]).toMatchObject({ cause: 'disk-full', confidence: 'possible' })
})

import { expect, test } from 'vitest'
import type { AuditEntry } from '../../src/audit/record.ts'
import { createNoteRefusal } from '../../src/jobs/refusals.ts'
import { quiet } from '../support/bench-of-queues.ts'

function noting() {
  const lines: AuditEntry[] = []
  let at = Date.parse('2026-11-21T03:00:00Z')
  const append = (entry: AuditEntry) => {
    lines.push(entry)
    return Promise.resolve({ ...entry, seq: lines.length, previous: '', hash: '' })
  }
  const note = createNoteRefusal({ append }, quiet, () => new Date(at))
  const refuse = (): Promise<void> => note({ what: 'job', about: 'p1', proposal: null, by: null, because: 'forged' })
  return { lines, refuse, later: (ms: number) => void (at += ms) }
}

test('a flood of refusals fills neither the disk nor the queue of the record, and how many were left out is said', async () => {
  const { lines, refuse, later } = noting()

  for (let count = 0; count < 1000; count++) await refuse()
  later(60_000)
  await refuse()

  expect(lines).toHaveLength(61)
  expect(lines.at(-1)).toMatchObject({ because: 'forged (940 refusals before this one stand only in the log)' })
})

test('a refusal that cannot be recorded is refused all the same', async () => {
  const note = createNoteRefusal({ append: () => Promise.reject(new Error('disk full')) }, quiet, () => new Date())

  await expect(note({ what: 'press', about: 'p1', proposal: null, by: 'U1', because: 'no' })).resolves.toBeUndefined()
})

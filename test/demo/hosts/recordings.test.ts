import { describe, expect, test } from 'vitest'
import { diagnose } from '../../../demo/hosts/cure.ts'
import { demoHosts } from '../../../demo/hosts/host-list.ts'
import { readRecording } from '../../../demo/hosts/recordings.ts'
import { readFault } from '../../../lab/fault.ts'

describe.each(demoHosts)('the recording $name ($fault)', ({ name, fault, user }) => {
  const { expect: truth } = readFault(fault)

  test('is diagnosed as what was broken', async () => {
    const { before } = await readRecording(name)
    const diagnosis = diagnose(before)

    expect(diagnosis.verdict).toBe(user === 'plain' ? (truth.verdictWithoutRoot ?? truth.verdict) : truth.verdict)
    expect(diagnosis.findings[0]?.cause ?? null).toBe(truth.cause)
  })

  test.runIf(truth.action !== null)('offers the action that cures it, and is healthy after it', async () => {
    const { before, after } = await readRecording(name)

    expect(diagnose(before).findings[0]?.fix.action?.id).toBe(truth.action)
    expect(after === null ? 'not recorded' : diagnose(after).verdict).toBe('healthy')
  })
})

test('the demo shows a healthy host, one that cannot be judged, and six different faults at least', async () => {
  const verdicts = await Promise.all(demoHosts.map(async ({ name }) => diagnose((await readRecording(name)).before)))
  const faults = verdicts.filter(({ verdict }) => verdict === 'diagnosed').map(({ findings }) => findings[0]?.cause)

  expect(verdicts.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['healthy', 'undetermined']))
  expect(new Set(faults).size).toBeGreaterThanOrEqual(6)
})

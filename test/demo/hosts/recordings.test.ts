import { expect, test } from 'vitest'
import { diagnose } from '../../../demo/hosts/cure.ts'
import { demoHosts } from '../../../demo/hosts/host-list.ts'
import { readRecording } from '../../../demo/hosts/recordings.ts'
import { readFault } from '../../../lab/fault.ts'

test.each(demoHosts)('the recording $name ($fault) is diagnosed as what was broken', async ({ name, fault, user }) => {
  const { expect: truth } = readFault(fault)
  const { before } = await readRecording(name)

  const diagnosis = diagnose(before)

  expect(diagnosis.verdict).toBe(user === 'plain' ? (truth.verdictWithoutRoot ?? truth.verdict) : truth.verdict)
  expect(diagnosis.findings[0]?.cause ?? null).toBe(truth.cause)
})

const curable = demoHosts.filter(({ fault }) => readFault(fault).expect.action !== null)

test.each(curable)('the recording $name ($fault) offers its cure and is healthy after it', async ({ name, fault }) => {
  const { before, after } = await readRecording(name)

  expect(diagnose(before).findings[0]?.fix.action?.id).toBe(readFault(fault).expect.action)
  expect(after === null ? 'not recorded' : diagnose(after).verdict).toBe('healthy')
})

test('the demo shows a healthy host, one that cannot be judged, and six different faults at least', async () => {
  const verdicts = await Promise.all(demoHosts.map(async ({ name }) => diagnose((await readRecording(name)).before)))
  const faults = verdicts.filter(({ verdict }) => verdict === 'diagnosed').map(({ findings }) => findings[0]?.cause)

  expect(verdicts.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['healthy', 'undetermined']))
  expect(new Set(faults).size).toBeGreaterThanOrEqual(6)
})

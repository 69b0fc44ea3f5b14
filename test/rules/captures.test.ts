import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replay } from '../../src/examine/replay.ts'
import { rules } from '../../src/rules/index.ts'

const testFolder = fileURLToPath(new URL('..', import.meta.url))

const expectation = z.object({
  verdict: z.string(),
  cause: z.string().nullable(),
  kind: z.string().nullable(),
  confidence: z.string().nullable(),
  nearMissOf: z.array(z.string()),
  alsoTrue: z.array(z.string()),
})

interface Recorded {
  readonly name: string
  readonly folder: string
  readonly expected: z.infer<typeof expectation>
}

const captures = [...below('rules', 2), ...below('hosts', 1)]
const diagnoses = new Map<string, Diagnosis>()

beforeAll(async () => {
  for (const each of captures) diagnoses.set(each.name, await replay(each.folder))
})

describe('every rule', () => {
  it.each(rules.map((rule) => rule.id))('%s has a capture on which it is the first finding', (id) => {
    const firing = captures.filter(({ name }) => name.startsWith(`rules/${id}/fires-`))

    expect(firing.map(({ expected }) => expected.cause)).toContain(id)
  })

  it.each(rules.map((rule) => rule.id))('%s has a near miss', (id) => {
    expect(captures.filter(({ expected }) => expected.nearMissOf.includes(id)).length).toBeGreaterThan(0)
  })
})

describe('all rules together, on every capture', () => {
  it.each(captures)('$name gives the verdict that is true', ({ name, expected }) => {
    expect(diagnosisOf(name).verdict).toBe(expected.verdict)
  })

  it.each(captures.filter(({ expected }) => expected.cause !== null))('$name has the true cause first', ({ name, expected }) => {
    const [first] = diagnosisOf(name).findings

    expect(first).toMatchObject({ cause: expected.cause, ...(expected.kind !== null && { kind: expected.kind }) })
  })

  it.each(captures)('$name has no other cause at likely or confirmed', ({ name, expected }) => {
    const sure = diagnosisOf(name).findings.filter((finding) => finding.failingNow && finding.kind === 'cause' && finding.confidence !== 'possible')

    const untrue = sure.map((finding) => finding.cause).filter((cause) => cause !== expected.cause && !expected.alsoTrue.includes(cause))
    expect(untrue).toEqual([])
  })

  it.each(captures)('$name says nothing of the causes that it only looks like', ({ name, expected }) => {
    const named = diagnosisOf(name).findings.filter((finding) => finding.failingNow && finding.confidence !== 'possible' && finding.kind === 'cause')

    for (const near of expected.nearMissOf) if (near !== expected.cause) expect(named.map((finding) => finding.cause)).not.toContain(near)
  })
})

describe('the healthy host', () => {
  it('has no finding and nothing unjudged', () => {
    const { findings, unjudged, unseen, verdict } = diagnosisOf('hosts/healthy')

    expect({ findings, unjudged, unseen, verdict }).toEqual({ findings: [], unjudged: [], unseen: [], verdict: 'healthy' })
  })
})

function diagnosisOf(name: string): Diagnosis {
  const diagnosis = diagnoses.get(name)
  if (!diagnosis) throw new Error(`no capture ${name}`)
  return diagnosis
}

function below(folder: string, depth: number): Recorded[] {
  return readdirSync(join(testFolder, folder), { withFileTypes: true }).flatMap((entry): Recorded[] => {
    if (!entry.isDirectory()) return []
    const name = `${folder}/${entry.name}`
    if (depth > 1) return below(name, depth - 1)
    const path = join(testFolder, name)
    return [{ name, folder: path, expected: expectation.parse(JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8'))) }]
  })
}

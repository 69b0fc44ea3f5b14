import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { scoreCases } from '../../lab/score/cases.ts'
import { accuracyReport } from '../../lab/score/report.ts'
import { addResult, readRun, type RunHeader, type Scored } from '../../lab/score/result.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-results-'))
afterAll(() => rmSync(folder, { recursive: true }))

const header: RunHeader = {
  seed: 7,
  shapes: 2,
  users: ['root'],
  since: 'abc1234',
  commit: 'def5678',
  versions: 'hosts: Debian 12, nginx 1.22.1',
  startedAt: '2026-01-02T03:04:05.000Z',
}

const right: Scored = {
  id: 'backend-down#1',
  fault: 'backend-down',
  shape: 1,
  kind: 'node',
  seed: 11,
  class: 'fault',
  late: false,
  user: 'root',
  truth: 'backend-down',
  verdict: 'diagnosed',
  named: 'backend-down',
  outcome: 'right',
  wrongConfident: [],
  alarm: false,
  saysHealthy: false,
  headline: 'it is down',
  differences: [],
  ms: 5,
  weakened: { count: 140, wrongConfident: [], saysHealthy: [] },
  diff: null,
}

describe('a file of results', () => {
  test('gives back what was written, also before diffs were tried, without a last line that was cut off', () => {
    const file = join(folder, 'results.jsonl')
    addResult(file, header)
    addResult(file, right)
    const { diff: _none, ...former } = right
    appendFileSync(file, `${JSON.stringify(former)}\n`)
    addResult(file, { id: 'x#1', fault: 'x', shape: 1, error: 'no host' })
    appendFileSync(file, '{"id":"backend-down#2","fau')

    expect(readRun(file)).toEqual({
      header,
      scored: [right, right],
      failed: [{ id: 'x#1', fault: 'x', shape: 1, error: 'no host' }],
    })
  })

  test('that does not exist yet is empty', () => {
    expect(readRun(join(folder, 'none'))).toEqual({ header: null, scored: [], failed: [] })
  })
})

test('the hosts of a seed are the same each time, each of another kind, and differ with the seed', () => {
  const late = new Set(['backend-down'])
  const cases = (seed: number) => scoreCases(['backend-down'], { seed, shapes: 3, late })

  expect(cases(4)).toEqual(cases(4))
  expect(new Set(cases(4).map(({ kind }) => kind)).size).toBe(3)
  expect(cases(4).map(({ seed }) => seed)).not.toEqual(cases(5).map(({ seed }) => seed))
  expect(cases(4).every(({ late: isLate }) => isLate)).toBe(true)
})

test('a fault that does not exist is refused', () => {
  expect(() => scoreCases(['backend-dwn'], { seed: 1, shapes: 1, late: new Set() })).toThrow(/no fault backend-dwn/)
})

describe('the report', () => {
  const wrong: Scored = {
    ...right,
    id: 'healthy#1',
    fault: 'healthy',
    class: 'healthy',
    late: true,
    truth: null,
    named: 'backend-slow',
    outcome: 'wrong',
    wrongConfident: ['backend-slow likely {}'],
    alarm: true,
    weakened: { count: 140, wrongConfident: ['sockets missing: backend-slow likely {}'], saysHealthy: [] },
  }
  const diff = { cause: 'timeout-too-low', applied: true, valid: true, cured: true, why: '' }
  const cured: Scored = { ...right, id: 'timeout-too-low#1', diff }
  const refused: Scored = {
    ...right,
    id: 'timeout-too-low#2',
    diff: { ...diff, valid: false, cured: false, why: 'nginx -t: no' },
  }
  const text = accuracyReport(header, [right, wrong], [{ id: 'x#1', fault: 'x', shape: 1, error: 'no host' }])

  test('counts by user, by class and by cause', () => {
    expect(text).toContain('| root | 2 | 1 of 2 (50.0 %) | 1 of 2 (50.0 %) | 1.000 | 0 | 1 | 1 | 1 | 0 |')
    expect(text).toContain('| healthy | root | 1 | 0 of 1 (0.0 %) | 0 | 1 | 1 | 1 | 0 |')
    expect(text).toContain('| backend-down | 1 | 1 / 0 / 0 |')
  })

  test('has faults that came after the freeze on a line of their own', () => {
    expect(text).toContain('| written after abc1234 | root | 1 | 0 of 1 (0.0 %) | 0 | 1 | 1 | 1 | 0 |')
  })

  test('tells what was wrong, with a probe less as well, and which hosts were not scored', () => {
    expect(text).toContain('280 diagnoses. Of the 1 hosts')
    expect(text).toContain('the other 1 are listed below')
    expect(text).toContain(
      'healthy#1 (node) as root, true is nothing of the catalogue: wrong, wrong-confident (backend-slow likely {})',
    )
    expect(text).toContain('x#1: not scored, the host could not be made or broken: no host')
  })

  test('names what a missing probe alone makes wrong', () => {
    const less = { count: 140, wrongConfident: ['sockets missing: backend-hung likely {}'], saysHealthy: [] }
    const told = accuracyReport(header, [{ ...right, weakened: less }], [])

    expect(told).toContain('1 become wrong-confident and 0 are called healthy')
    expect(told).toContain('- backend-down#1: sockets missing: backend-hung likely {}')
  })

  test('counts how far the diffs came, and names those that did not cure', () => {
    const told = accuracyReport(header, [right, cured, refused], [])

    expect(told).toContain('| timeout-too-low | 2 | 2 | 1 | 1 |')
    expect(told).toContain('| all | 2 | 2 | 1 | 1 |')
    expect(told).toContain('- timeout-too-low#2 (node), timeout-too-low: nginx -t: no')
    expect(told).not.toContain('- timeout-too-low#1')
  })

  test('names the command that writes it again', () => {
    expect(text).toContain(
      'npm run lab -- score --seed 7 --shapes 2 --users root --since abc1234 --write docs/accuracy.md',
    )
  })
})

import { describe, expect, test } from 'vitest'
import { tally, tallyLine } from '../../setup/tally.mjs'

interface File {
  readonly status: string
  readonly assertionResults: readonly { readonly status: string }[]
}

/** What vitest's JSON reporter writes, cut down to what is read. */
function report(files: readonly File[], counts: { passed: number; failed: number; skipped?: number }): string {
  return JSON.stringify({
    numPassedTests: counts.passed,
    numFailedTests: counts.failed,
    numPendingTests: counts.skipped ?? 0,
    numTodoTests: 0,
    testResults: files,
  })
}

const good: File = { status: 'passed', assertionResults: [{ status: 'passed' }] }

describe('the closing line of npm test', () => {
  test('counts what vitest counted', () => {
    const counts = tally(report([good], { passed: 12, failed: 0, skipped: 2 }), 0)

    expect(tallyLine(counts)).toBe('12 passed, 0 failed, 2 skipped')
  })

  test('counts a test file that could not be loaded as one failure', () => {
    const broken: File = { status: 'failed', assertionResults: [] }

    const counts = tally(report([good, broken], { passed: 1, failed: 0 }), 1)

    expect(tallyLine(counts)).toBe('1 passed, 1 failed')
  })

  test('does not count a file twice whose tests failed', () => {
    const failed: File = { status: 'failed', assertionResults: [{ status: 'failed' }] }

    const counts = tally(report([failed], { passed: 0, failed: 1 }), 1)

    expect(counts.failed).toBe(1)
  })

  test('counts a failed type check, which ends the run before the tests, as a failure', () => {
    expect(tallyLine(tally(null, 2))).toBe('0 passed, 1 failed')
  })

  test('never says 0 failed when the run failed', () => {
    expect(tally(report([good], { passed: 5, failed: 0 }), 1).failed).toBe(1)
  })
})

import { readFileSync, rmSync } from 'node:fs'

/**
 * Counts of one run of all checks, from vitest's JSON report. A test file that could not be loaded has no test that failed
 * and still counts as one failure; so does a check before the tests (types, lint, format), after which no report exists.
 * @param {string | null} report text of vitest's JSON report, null when the tests were not reached
 * @param {number} exitCode of the whole run
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function tally(report, exitCode) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const run = JSON.parse(report)
  const brokenFiles = run.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = run.numFailedTests + brokenFiles.length
  return {
    passed: run.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: run.numPendingTests + run.numTodoTests,
  }
}

/** "12 passed, 0 failed, 1 skipped" */
export function tallyLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Reads a report once and removes it, so that the next run cannot mistake it for its own. */
export function takeReport(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null // the run ended before vitest wrote one
  } finally {
    rmSync(file, { force: true })
  }
}

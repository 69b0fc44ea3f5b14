/** Types of tally.mjs for the tests; the set-up itself runs before TypeScript is installed. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
export function tally(report: string | null, exitCode: number): Tally
export function tallyLine(counts: Tally): string
export function takeReport(file: string): string | null

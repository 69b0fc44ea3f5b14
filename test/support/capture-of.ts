import type { Capture } from '../../src/diagnosis/capture.ts'

/** What a probe would have brought: this answer, and nothing else unusual unless said. */
export function captureOf(probe: string, stdout: string, unusual: Partial<Capture> = {}): Capture {
  return {
    probe,
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
    ...unusual,
  }
}

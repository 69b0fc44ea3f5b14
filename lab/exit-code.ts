import type { ChildProcess } from 'node:child_process'

/** Resolves when a child has ended and closed its output: its exit code, null after a signal. Rejects when it never started. */
export function exitCodeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode))
  })
}

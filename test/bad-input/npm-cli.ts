import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Budget of a diagnosis, and what npm, tsx and a busy machine may take on top; whatever takes longer is killed and has no exit code. */
const longestMs = 20_000 + 25_000

export interface Said {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `npm run --silent cli -- ...` as a person types it. */
export function npmCli(args: readonly string[]): Promise<Said> {
  const child = spawn('npm', ['run', '--silent', 'cli', '--', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm does not pass a kill on to what it started.
    detached: true,
  })
  const tooLong = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, longestMs)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      clearTimeout(tooLong)
      resolve({ exitCode, stdout, stderr })
    })
  })
}

/** Nothing of ours shows to a person: no stack, no source file, no "undefined". */
export function expectPlainWords({ stdout, stderr }: Said): void {
  expect(`${stdout}${stderr}`).not.toMatch(
    /^\s+at .*[:(]|node:internal|\/src\/|\bundefined\b|\[object Object\]|UnhandledPromise/m,
  )
}

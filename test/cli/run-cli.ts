import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

export interface CliRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliSurroundings {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Sends SIGINT when this stands in stderr. */
  readonly interruptAt?: string
}

/** Runs the command line as a person would: a process of its own, its output no terminal. */
export function runCli(
  args: readonly string[],
  { input = '', env = {}, interruptAt }: CliSurroundings = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (interruptAt !== undefined && stderr.includes(interruptAt)) child.kill('SIGINT')
  })
  // A child that ends without reading closes the pipe; its exit code says what happened.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
}

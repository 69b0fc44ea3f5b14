import { spawn } from 'node:child_process'

/** How a program ended. `exitCode` is null when a signal ended it or it never started. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

export interface RunOptions {
  readonly input?: string
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
}

/** Thrown by `runOrThrow`; the message holds the command and the end of what it said. */
export class CommandFailedError extends Error {
  readonly ran: Ran

  constructor(argv: readonly string[], ran: Ran) {
    super(
      `${argv.join(' ')} ended with ${ran.exitCode ?? 'a signal'}: ${(ran.stderr || ran.stdout).trim().slice(-600)}`,
    )
    this.name = 'CommandFailedError'
    this.ran = ran
  }
}

/** Runs a program without a shell and collects what it says. A program that is missing is a rejection, a bad exit is not. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [program = '', ...rest] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.signal && { signal: options.signal }),
      ...(options.env && { env: options.env }),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.stdin.on('error', () => undefined) // A program may end without reading its input.
    child.stdin.end(options.input ?? '')
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ stdout, stderr, exitCode }))
  })
}

/** As `run`, but any exit other than 0 is a `CommandFailedError`. Returns standard output. */
export async function runOrThrow(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await run(argv, options)
  if (ran.exitCode !== 0) throw new CommandFailedError(argv, ran)
  return ran.stdout
}

import { type ChildProcess, spawn } from 'node:child_process'
import { until } from './until.ts'

export interface GatemedicProcess {
  readonly pid: number
  /** Everything it wrote so far. */
  readonly output: () => string
  readonly ready: () => Promise<void>
  /** Exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Starts src/main.ts as a process of its own, with nothing but the given variables and PATH in its environment. */
export function startGatemedic(env: Readonly<Record<string, string>>): GatemedicProcess {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  let over = false
  void ended.then(() => (over = true))
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    ready: async () => {
      await until('the process is ready', () => over || / is ready"/.test(output), 60_000)
      if (over) throw new Error(`the process ended before it was ready:\n${output}`)
    },
    kill: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

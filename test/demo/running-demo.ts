import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { until } from '../support/until.ts'

export interface RunningDemo {
  readonly process: ChildProcess
  readonly output: () => string
  /** The first address that it printed. */
  readonly firstAddress: string
  readonly ended: Promise<unknown>
  /** As Ctrl-C does; resolves with the exit code. */
  readonly stop: () => Promise<number | null>
}

/** Starts what `npm run demo` starts, without a terminal, and waits until it has printed an address. */
export async function runDemo(env: NodeJS.ProcessEnv = {}): Promise<RunningDemo> {
  const child = spawn(process.execPath, ['setup/demo.mjs'], {
    env: { ...process.env, REDIS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
  const ended = once(child, 'exit')

  async function stop(): Promise<number | null> {
    // The whole group gets it, as from a terminal.
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
    await ended
    return child.exitCode
  }

  const firstAddress = await until(
    `the demo prints its address, having said: ${output}`,
    () => {
      if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${output}`)
      return /https?:\/\/\S+/.exec(output)?.[0]
    },
    120_000,
  )
  return { process: child, output: () => output, firstAddress, ended, stop }
}

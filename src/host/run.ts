import type { Probe } from '../probes/probe.ts'
import { collect } from './collect.ts'
import type { HostConnection } from './connection.ts'

export interface Ran {
  /** Null when it did not end in time or the connection was lost: then it is not known whether it did anything. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  /** Why there is no exit code: "connection to web-1 lost". */
  readonly lost?: string
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Seconds after which the script is ended on the host. */
  readonly seconds: number
  /** Most bytes of stdout that travel; 64 KiB by default. */
  readonly cap?: number
}

/**
 * Runs one constant script with these positional parameters, in the surroundings of a probe (fixed PATH, LC_ALL=C, as_root). A script that
 * reached the host only in part does not run at all. Throws HostUnreachableError (shell) when the login shell runs nothing.
 */
export async function run(
  connection: HostConnection,
  script: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ran> {
  const probe: Probe<'run', null> = {
    id: 'run',
    command: 'run',
    script,
    seconds: options.seconds,
    cap: options.cap ?? 65_536,
    parse: () => ({ ok: true, value: null }),
  }
  const [capture] = await collect(connection, [{ probe, args }], {
    host: connection.host,
    seconds: options.seconds + 1,
    ...(options.signal ? { signal: options.signal } : {}),
  })
  if (!capture) throw new Error('a round with one question has one capture')
  const { exitCode, stdout, stderr, timedOut, notRun } = capture
  return { exitCode, stdout, stderr, timedOut, ...(notRun === undefined ? {} : { lost: notRun }) }
}

import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

export interface Child {
  readonly name: string
  readonly log: string
  /** Resolves with the exit code when it has ended, however it ended. */
  readonly ended: Promise<number>
  readonly stop: () => Promise<void>
}

export interface ChildCommand {
  /** "worker": for messages about it. */
  readonly name: string
  readonly argv: readonly [string, ...string[]]
  readonly env?: NodeJS.ProcessEnv
  /** File that gets its stdout and stderr. */
  readonly log: string
}

/**
 * Runs "$@" until it ends or our end of stdin closes. The kernel closes it when this process dies, even by SIGKILL, so no child
 * outlives the demo. A shell is used because Redis knows no such leash itself.
 */
const leash = `
exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ read -r _ <&3; kill "$child" 2>/dev/null; } & watch=$!
wait "$child"; code=$?
kill "$watch" 2>/dev/null
exit "$code"
`

/** How long a child may take to end by itself before it is killed, in ms. */
const patience = 8000

/** Starts a child in a process group of its own: Ctrl-C on the terminal reaches only us, and we end the children in order. */
export function startChild({ name, argv, env = process.env, log }: ChildCommand): Child {
  const output = openSync(log, 'a')
  const child = spawn('/bin/sh', ['-c', leash, 'sh', ...argv], { detached: true, env, stdio: ['pipe', output, output] })
  closeSync(output)
  child.stdin?.on('error', () => {}) // it ended first; `ended` tells
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })

  async function stop(): Promise<void> {
    child.stdin?.destroy()
    const timer = setTimeout(() => killGroup(child.pid), patience)
    await ended
    clearTimeout(timer)
    killGroup(child.pid) // what the child itself left behind
  }
  return { name, log, ended, stop }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nobody of the group is left
  }
}

/** The last lines of a child's log, for the message that says that it ended. */
export function lastLines(file: string, count = 8): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}

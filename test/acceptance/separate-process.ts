import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { until } from '../support/until.ts'

export interface SeparateProcess {
  readonly pid: number
  readonly output: () => string
  /** Waits for the line that says it is ready; an Error with its output when it ends before. */
  readonly ready: () => Promise<void>
  readonly stop: () => Promise<void>
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Gives the repository to users who may not enter the folders above it (a clone below /root, say): a bind mount in a mount
 * namespace of this process alone. Nothing of it is seen outside, and it ends with the process.
 */
const enterAs = `
set -e
uid=$1 repository=$2; shift 2
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/gatemedic
mount --bind "$repository" /mnt/gatemedic
cd /mnt/gatemedic
exec setpriv --reuid="$uid" --regid="$uid" --clear-groups --no-new-privs "$@"`

/** Starts src/main.ts as a user of its own, with nothing but the given variables and PATH in its environment. Needs root. */
export function startAs(uid: number, env: Readonly<Record<string, string>>): SeparateProcess {
  const argv = [process.execPath, '--import', 'tsx', 'src/main.ts']
  const child: ChildProcess = spawn(
    'unshare',
    ['--mount', '--', '/bin/sh', '-c', enterAs, 'sh', `${uid}`, repository, ...argv],
    {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  let over = false
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  void ended.then(() => (over = true))
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ready: async () => {
      await until('the process is ready', () => over || / is ready"/.test(output), 180_000)
      if (over) throw new Error(`the process ended before it was ready:\n${output}`)
    },
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}

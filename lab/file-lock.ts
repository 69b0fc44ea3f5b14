import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface LockOptions {
  /** Called when the lock is not free at once. */
  readonly onWait?: () => void
  readonly signal?: AbortSignal
}

/**
 * Holds an exclusive lock on a file while `body` runs. The lock is the kernel's (flock(1) in a child that lives as long as
 * its standard input): it goes when this process dies in whatever way, so there is no stale lock to clean up.
 */
export async function withFileLock<T>(path: string, body: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const { onWait, signal } = options
  // Detached: Ctrl-C of a terminal must not take the lock away while this process still tidies up under it.
  const holder = spawn('flock', ['-x', path, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const waiting = onWait && setTimeout(onWait, 500)
  try {
    await Promise.race([once(holder.stdout, 'data', signal && { signal }), endOf(holder, path)])
    clearTimeout(waiting)
    return await body()
  } finally {
    clearTimeout(waiting)
    holder.stdin.end()
    // One that still waits for the lock reads no input; once it holds it, there is nothing to hold it for.
    holder.kill()
  }
}

async function endOf(holder: ChildProcess, path: string): Promise<never> {
  await once(holder, 'exit')
  throw new Error(`could not lock ${path}`)
}

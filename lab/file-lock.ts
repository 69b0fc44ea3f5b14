import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Holds an exclusive lock on a file while `body` runs. The lock is the kernel's (flock(1) in a child that lives as long as
 * its standard input): it goes when this process dies in whatever way, so there is no stale lock to clean up.
 */
export async function withFileLock<T>(path: string, body: () => Promise<T>, onWait?: () => void): Promise<T> {
  const holder = spawn('flock', ['-x', path, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = onWait && setTimeout(onWait, 500)
  try {
    await Promise.race([
      once(holder.stdout, 'data'),
      once(holder, 'exit').then(() => {
        throw new Error(`could not lock ${path}`)
      }),
    ])
    clearTimeout(waiting)
    return await body()
  } finally {
    clearTimeout(waiting)
    holder.stdin.end()
  }
}

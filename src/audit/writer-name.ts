import { mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

export interface Writer {
  /** "worker-host1" or, while another process writes that one, "worker-host1-2". */
  readonly name: string
  readonly release: () => Promise<void>
}

/** Most writers of one machine into one folder. */
const most = 50

/** Finds a name that no living process of this machine writes under: two writers would break each other's chain. */
export async function claimWriter(directory: string, base: string): Promise<Writer> {
  const safe = base.replaceAll(/[^A-Za-z0-9_.-]/g, '_')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  for (let number = 1; number <= most; number++) {
    const name = number === 1 ? safe : `${safe}-${number}`
    const lock = join(directory, `${name}.lock`)
    if (await claimed(lock)) return { name, release: () => unlink(lock).catch(() => undefined) }
  }
  throw new Error(`${directory} has ${most} audit writers already: are old processes still running?`)
}

async function claimed(lock: string): Promise<boolean> {
  if (await created(lock)) return true
  const pid = Number(await readFile(lock, 'utf8').catch(() => '0'))
  // The own pid is that of a process before: in a container every start has the same one.
  if (pid !== process.pid && pid > 0 && isAlive(pid)) return false
  await unlink(lock).catch(() => undefined)
  return created(lock)
}

async function created(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600)
    await handle.writeFile(`${process.pid}\n`)
    await handle.close()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Signal 0 only asks; EPERM means that it lives and is somebody else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

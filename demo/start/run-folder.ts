import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * The folder of one run of the demo: data/demo-<pid>, readable by this user only. Folders of runs that are gone (killed, machine
 * restarted) are removed first; those of other running demos stay.
 */
export function makeRunFolder(data: string, pid = process.pid): string {
  mkdirSync(data, { recursive: true })
  for (const name of readdirSync(data)) {
    const owner = /^demo-(?<pid>\d+)$/.exec(name)?.groups?.['pid']
    if (owner !== undefined && !isRunning(Number(owner))) rmSync(join(data, name), { recursive: true, force: true })
  }
  const folder = resolve(data, `demo-${pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // somebody else's process with that number
  }
}

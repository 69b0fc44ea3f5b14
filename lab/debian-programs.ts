import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runOrThrow } from './command.ts'
import { cacheFolder } from './places.ts'

/**
 * Programs of Debian packages without their services: the packages are fetched and unpacked into the cache, nothing is installed.
 * Answers the folder that stands for /. For programs that need nothing but libc. An Error when apt-get cannot fetch them.
 */
export async function unpackedPackages(packages: readonly string[]): Promise<string> {
  const folder = join(cacheFolder(), `programs-${packages.toSorted().join('-')}`)
  if (existsSync(folder)) return folder
  const making = mkdtempSync(join(cacheFolder(), 'fetching-'))
  try {
    await fetch(packages, making)
    const root = join(making, 'root')
    for (const file of readdirSync(making).filter((name) => name.endsWith('.deb')))
      await runOrThrow(['dpkg-deb', '--extract', join(making, file), root])
    if (!existsSync(folder)) renameSync(root, folder)
    return folder
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/** Package lists that are missing or too old are the usual reason for a failure; any other one shows again in the second try. */
async function fetch(packages: readonly string[], folder: string): Promise<void> {
  const download = ['/bin/sh', '-c', 'cd "$1" && shift && exec apt-get download -q "$@"', 'sh', folder, ...packages]
  try {
    await runOrThrow(download)
  } catch {
    await runOrThrow(['apt-get', 'update', '-q'])
    await runOrThrow(download)
  }
}

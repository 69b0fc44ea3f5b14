import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** An image is about 460 MB; a host that still runs from one is far younger than this. */
const keepDays = 7

/** Notes that an image is in use, in a file beside it: the image itself stays as it was built. Returns the root. */
export async function markUsed(root: string): Promise<string> {
  const now = new Date()
  const mark = `${root}.used`
  await utimes(mark, now, now).catch(() => writeFile(mark, ''))
  return root
}

/** Removes builds that were broken off and images of recipes that nobody used for a week. Call it under the build lock. */
export async function removeOldImages(folder: string, now = Date.now()): Promise<void> {
  const oldest = now - keepDays * 24 * 3600 * 1000
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (name.startsWith('building-')) await rm(path, { recursive: true, force: true })
    if (/^[0-9a-f]{12}$/.test(name) && (await lastUse(path)) < oldest) {
      await rm(path, { recursive: true, force: true })
      await rm(`${path}.used`, { force: true })
    }
  }
}

/** Milliseconds; an image without a mark counts from its own time. */
async function lastUse(root: string): Promise<number> {
  const { mtimeMs } = await stat(`${root}.used`).catch(() => stat(root))
  return mtimeMs
}

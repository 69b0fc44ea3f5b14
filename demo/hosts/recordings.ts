import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { readSnapshot } from '../../src/host/snapshot.ts'
import type { Recording } from './recorded-host.ts'

/** Where the recording of a demo host lies; its cured state is in the folder `after` below, where there is one. */
export function recordingFolder(host: string): string {
  return fileURLToPath(new URL(`../recordings/${host}`, import.meta.url))
}

/** Throws SnapshotError when the recording is missing or damaged. */
export async function readRecording(host: string): Promise<Recording> {
  const folder = recordingFolder(host)
  const after = join(folder, 'after')
  return { host, before: await readSnapshot(folder), after: existsSync(after) ? await readSnapshot(after) : null }
}

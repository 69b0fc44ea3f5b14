import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runOrThrow } from './command.ts'
import { labHost } from './host.ts'
import { inventoryText } from './inventory-text.ts'
import type { LabUser } from './keys.ts'
import type { Progress } from './progress.ts'

export interface RecordRequest {
  readonly fault: string
  /** Folder for the snapshot; made when absent. */
  readonly into: string
  /** Who the product logs in as. */
  readonly user: LabUser
  /** Also record the host after its cure, into `<into>/after`. */
  readonly after: boolean
  readonly progress: Progress
  readonly signal?: AbortSignal
}

/** Boots a host, breaks it, and has the project's own command line take a snapshot of it, so that nothing recorded is made up. */
export async function record({ fault, into, user, after, progress, signal }: RecordRequest): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-record-'))
  const host = await labHost({ fault, progress, ...(signal && { signal }) })
  try {
    const inventory = join(scratch, 'hosts.yml')
    writeFileSync(inventory, await inventoryText([host], user))
    const snapshot = async (folder: string): Promise<void> => {
      mkdirSync(folder, { recursive: true })
      progress(`snapshot into ${folder}`)
      const argv = [
        'npm',
        'run',
        '--silent',
        'cli',
        '--',
        'snapshot',
        host.name,
        '--inventory',
        inventory,
        '-o',
        folder,
      ]
      await runOrThrow(argv, signal && { signal })
    }
    await snapshot(resolve(into))
    if (!after) return
    progress(`curing ${fault}`)
    await host.cure(fault)
    await snapshot(resolve(into, 'after'))
  } finally {
    await host.down()
    rmSync(scratch, { recursive: true, force: true })
  }
}

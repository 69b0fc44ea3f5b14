import { randomBytes } from 'node:crypto'
import { labAvailable } from './available.ts'
import type { LabHost } from './host-handle.ts'
import { layoutForFault } from './fault-layout.ts'
import { imageRoot } from './image/build.ts'
import type { Layout } from './layout/layout.ts'
import { silent, type Progress } from './progress.ts'
import { raised } from './raise-host.ts'
import { removeStaleHosts } from './take-down.ts'

export interface LabHostOptions {
  /** Default `web-1`. */
  readonly name?: string
  /** Broken right after the host is ready. */
  readonly fault?: string
  /** Names, ports and files; default the host of README.md with a backend that the fault is written for. */
  readonly layout?: Layout
  /** Default: one per process, so that two test runs never meet. */
  readonly session?: string
  /** N of 10.77.N.2; default the first free one. */
  readonly subnetNumber?: number
  /** Taken down when this process ends (default), or left until somebody does. */
  readonly keep?: boolean
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export const ownSession = `t${process.pid.toString(36)}${randomBytes(2).toString('hex')}`

/**
 * Boots a host from the lab's image (about a second; the first call of a recipe builds the image, about a minute) and waits until
 * its sites answer. An Error with the reason where `labAvailable` says no; on failure or abort nothing of the host stays.
 */
export async function labHost(options: LabHostOptions = {}): Promise<LabHost> {
  const available = labAvailable()
  if (!available.ok) throw new Error(available.reason)
  const {
    name = 'web-1',
    session = ownSession,
    keep = false,
    subnetNumber = 'auto',
    layout = layoutForFault(options.fault ?? null, null),
    progress = silent,
    signal,
  } = options
  const root = await imageRoot(progress, signal, layout.image)
  await removeStaleHosts()
  const host = await raised({
    root,
    session,
    name,
    layout,
    keep,
    place: subnetNumber,
    progress,
    ...(signal && { signal }),
  })
  try {
    if (options.fault !== undefined) {
      progress(`breaking ${name}: ${options.fault}`)
      await host.break(options.fault, signal)
    }
    signal?.throwIfAborted()
  } catch (cause) {
    await host.down()
    throw cause
  }
  return host
}

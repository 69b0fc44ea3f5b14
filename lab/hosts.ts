import { makeBridge, removeBridge } from './addresses.ts'
import { labAvailable } from './available.ts'
import type { LabHost } from './host-handle.ts'
import { ownSession } from './host.ts'
import { imageRoot } from './image/build.ts'
import { layoutFrom, pairFrom } from './layout/layout-from.ts'
import type { Layout } from './layout/layout.ts'
import { ownIdentity } from './process-identity.ts'
import { silent, type Progress } from './progress.ts'
import { raised } from './raise-host.ts'
import { bridgeName, pairSubnet, releaseSubnet, reserveSubnet } from './subnet.ts'
import { removeStaleHosts } from './take-down.ts'

export interface LabPairOptions {
  /** Host names; default `web-1` and `app-3`. */
  readonly front?: string
  readonly back?: string
  /** Of a backend over TCP; the front's shop leads to the back. */
  readonly layout?: Layout
  readonly session?: string
  readonly keep?: boolean
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export interface LabPair {
  /** nginx with all sites. */
  readonly front: LabHost
  /** The shop's backend, without nginx. */
  readonly back: LabHost
  readonly down: () => Promise<void>
}

/** Two hosts in one network, the backend first: the front is ready when its shop answers through nginx. On failure nothing stays. */
export async function labHosts(options: LabPairOptions = {}): Promise<LabPair> {
  const available = labAvailable()
  if (!available.ok) throw new Error(available.reason)
  const { front = 'web-1', back = 'app-3', session = ownSession, keep = false, progress = silent, signal } = options
  const root = await imageRoot(progress, signal)
  await removeStaleHosts()
  const { number } = reserveSubnet('auto')
  const places = { front: pairSubnet(number, 'front'), back: pairSubnet(number, 'back') }
  const layouts = pairFrom(options.layout ?? layoutFrom(null), places.back.hostAddress)
  const common = { root, session, keep, progress, ...(signal && { signal }) }
  const up: LabHost[] = []
  try {
    await makeBridge(places.front)
    for (const role of ['back', 'front'] as const) {
      const name = role === 'front' ? front : back
      up.push(await raised({ ...common, name, layout: layouts[role], place: places[role] }))
    }
  } catch (cause) {
    for (const host of up) await host.down()
    await removeBridge(bridgeName(number))
    releaseSubnet(number, ownIdentity())
    throw cause
  }
  const [backHost, frontHost] = up
  if (!backHost || !frontHost) throw new Error('two hosts were raised')
  return {
    front: frontHost,
    back: backHost,
    down: async () => {
      await frontHost.down()
      await backHost.down()
    },
  }
}

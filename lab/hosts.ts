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

export interface LabPairOptions extends LabFleetOptions {
  /** Default `web-1`. */
  readonly front?: string
}

export interface LabFleetOptions {
  /** Default `app-3`. */
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

/** Fronts with one backend. */
export interface LabFleet {
  readonly fronts: readonly LabHost[]
  readonly back: LabHost
  readonly down: () => Promise<void>
}

/** Two hosts in one network, the backend first: the front is ready when its shop answers through nginx. On failure nothing stays. */
export async function labHosts({ front = 'web-1', ...options }: LabPairOptions = {}): Promise<LabPair> {
  const { fronts, back, down } = await labFleet([front], options)
  const [only] = fronts
  if (!only) throw new Error('two hosts were raised')
  return { front: only, back, down }
}

/** The same with several fronts. */
export async function labFleet(names: readonly string[], options: LabFleetOptions = {}): Promise<LabFleet> {
  const available = labAvailable()
  if (!available.ok) throw new Error(available.reason)
  const { back = 'app-3', session = ownSession, keep = false, progress = silent, signal } = options
  const root = await imageRoot(progress, signal)
  await removeStaleHosts()
  const { number } = reserveSubnet('auto')
  const place = pairSubnet(number, 'back')
  const layouts = pairFrom(options.layout ?? layoutFrom(null), place.hostAddress)
  const common = { root, session, keep, progress, ...(signal && { signal }) }
  const up: LabHost[] = []
  try {
    await makeBridge(place)
    const backHost = await raised({ ...common, name: back, layout: layouts.back, place })
    up.push(backHost)
    for (const [nr, name] of names.entries()) {
      up.push(await raised({ ...common, name, layout: layouts.front, place: pairSubnet(number, 'front', nr) }))
    }
    return { fronts: up.slice(1), back: backHost, down: () => allDown(up) }
  } catch (cause) {
    await allDown(up)
    await removeBridge(bridgeName(number))
    releaseSubnet(number, ownIdentity())
    throw cause
  }
}

/** The backend last. */
async function allDown(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts.toReversed()) await host.down()
}

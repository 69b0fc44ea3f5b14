import { join } from 'node:path'
import { boot } from './boot.ts'
import { removeControlGroups } from './control-groups.ts'
import { claimHostFolder, forgetHost, machineName, writeRecord, type HostRecord } from './host-record.ts'
import { keyPair, userKeys } from './keys.ts'
import type { Layout } from './layout/layout.ts'
import { ownIdentity } from './process-identity.ts'
import { handOver, releaseSubnet, reserveSubnet, type Subnet } from './subnet.ts'

export interface StartRequest {
  readonly root: string
  readonly session: string
  readonly name: string
  /** N of 10.77.N.2, or the place in the subnet of a pair, which the caller has reserved. */
  readonly place: number | 'auto' | Subnet
  readonly layout: Layout
  /** Not bound to this process. */
  readonly keep: boolean
  readonly signal?: AbortSignal
}

/** Takes a name and a subnet, makes the host key, boots, and leaves a record. On failure or abort nothing stays. */
export async function startHost(request: StartRequest): Promise<HostRecord> {
  const { root, session, name, keep, layout, signal } = request
  const folder = claimHostFolder(session, name)
  const net = takeSubnet(request)
  const machine = machineName(session, name)
  try {
    const hostKey = await keyPair(join(folder, 'ssh_host_ed25519_key'))
    const identity = { hostname: name, hostKey, users: await userKeys() }
    const container = await boot({ root, machine, folder, subnet: net, identity, ...(signal && { signal }) })
    // The reservation of a pair lives as long as its front, and afterwards the bridge shows that the number is taken.
    if (net.bridge === null || layout.role === 'front') handOver(net.number, container.nspawn)
    const record: HostRecord = {
      session,
      name,
      subnetNumber: net.number,
      bridge: net.bridge,
      address: net.hostAddress,
      address6: net.hostAddress6,
      hostKey: hostKey.publicKey,
      container,
      owner: keep ? null : ownIdentity(),
      layout,
      faults: [],
      startedAt: new Date().toISOString(),
    }
    writeRecord(record)
    return record
  } catch (cause) {
    removeControlGroups(machine)
    if (net.bridge === null) releaseSubnet(net.number, ownIdentity())
    forgetHost(session, name)
    throw cause
  }
}

function takeSubnet({ session, name, place }: StartRequest): Subnet {
  if (typeof place === 'object') return place
  try {
    return reserveSubnet(place)
  } catch (cause) {
    forgetHost(session, name)
    throw cause
  }
}

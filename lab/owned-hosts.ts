import { removeControlGroups } from './control-groups.ts'
import { forgetHost, machineName, type HostRecord } from './host-record.ts'
import { killIfAlive } from './process-identity.ts'
import { releaseSubnet } from './subnet.ts'

const owned = new Set<string>()
const records = new Map<string, HostRecord>()

/** Binds a host to this process: it goes down with it, however it ends short of SIGKILL (then the next run removes it). */
export function ownHost(record: HostRecord): void {
  if (owned.size === 0) process.once('exit', killOwned)
  const key = machineName(record.session, record.name)
  owned.add(key)
  records.set(key, record)
}

export function dropOwned(record: HostRecord): void {
  const key = machineName(record.session, record.name)
  owned.delete(key)
  records.delete(key)
}

/** At exit nothing can be awaited: killing the init is enough, the kernel does the rest. */
function killOwned(): void {
  for (const record of records.values()) {
    killIfAlive(record.container.init, 'SIGKILL')
    removeControlGroups(machineName(record.session, record.name))
    releaseSubnet(record.subnetNumber)
    forgetHost(record.session, record.name)
  }
}

import { removeControlGroups } from './control-groups.ts'
import { forgetHost, machineName, type HostRecord } from './host-record.ts'
import { killIfAlive } from './process-identity.ts'
import { releaseSubnet } from './subnet.ts'

const owned = new Map<string, HostRecord>()

/** Binds a host to this process: it goes down with it, however it ends short of SIGKILL (then the next run removes it). */
export function ownHost(record: HostRecord): void {
  if (!process.listeners('exit').includes(killOwned)) process.once('exit', killOwned)
  owned.set(machineName(record.session, record.name), record)
}

export function dropOwned(record: HostRecord): void {
  owned.delete(machineName(record.session, record.name))
}

/** At exit nothing can be awaited: killing the init is enough, the kernel does the rest. */
function killOwned(): void {
  for (const record of owned.values()) {
    killIfAlive(record.container.init, 'SIGKILL')
    removeControlGroups(machineName(record.session, record.name))
    releaseSubnet(record.subnetNumber, record.container.nspawn)
    forgetHost(record.session, record.name)
  }
}

import { removeBridge } from './addresses.ts'
import { stopContainer } from './boot.ts'
import { removeControlGroups } from './control-groups.ts'
import { allRecords, forgetHost, isStale, machineName, type HostRecord } from './host-record.ts'
import { dropOwned } from './owned-hosts.ts'
import { releaseSubnet } from './subnet.ts'

/** Ends a host and removes everything it had: processes, interface, control groups, subnet, folder. */
export async function takeDown(record: HostRecord): Promise<void> {
  dropOwned(record)
  await stopContainer(record.container)
  removeControlGroups(machineName(record.session, record.name))
  releaseSubnet(record.subnetNumber, record.container.nspawn)
  forgetHost(record.session, record.name)
  const { bridge } = record
  if (bridge !== null && allRecords().every((other) => other.bridge !== bridge)) await removeBridge(bridge)
}

/** Takes down hosts whose owner died without doing it (a test run killed by force). */
export async function removeStaleHosts(): Promise<void> {
  await Promise.all(
    allRecords()
      .filter(isStale)
      .map((record) => takeDown(record)),
  )
}

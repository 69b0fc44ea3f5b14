import { stringify } from 'yaml'
import type { HostRecord } from './host-record.ts'
import type { LabHost } from './host-handle.ts'
import { userKeys, type LabUser } from './keys.ts'

type Listed = Pick<LabHost, 'name' | 'address' | 'hostKey' | 'layout'> | HostRecord

/**
 * The inventory (YAML) of running lab hosts: address, pinned host key and identity file, for the given user.
 * As root the host may be acted on; the others are read-only.
 */
export async function inventoryText(hosts: readonly Listed[], user: LabUser = 'root'): Promise<string> {
  const { identityFile } = (await userKeys())[user]
  const act = { user: 'root', identityFile: (await userKeys()).root.identityFile, nginx: true }
  const entries = hosts.map((host) => [
    host.name,
    {
      address: host.address,
      user,
      identityFile,
      hostKey: host.hostKey,
      groups: ['lab'],
      labels: { env: 'lab' },
      ...(user === 'root' && { act: { ...act, units: [host.layout.unit, 'php8.2-fpm.service'] } }),
    },
  ])
  return stringify({ hosts: Object.fromEntries(entries) }, { lineWidth: 0 })
}

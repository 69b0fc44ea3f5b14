import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, newKeyPair, runHere, type SshServer, startSshServer } from '../../demo/hosts/ssh-server.ts'
import { type Inventory, parseInventory } from '../../src/host/inventory.ts'

/** An SSH server in this process that really runs what it is given, with an inventory that reaches and pins it as `web-1`. */
export interface SshHost {
  readonly server: SshServer
  readonly inventory: Inventory
  readonly identityFile: string
  readonly close: () => Promise<void>
}

export async function startSshHost(answer: Answer = runHere()): Promise<SshHost> {
  const dir = await mkdtemp(join(tmpdir(), 'gatemedic-host-'))
  const key = newKeyPair()
  const identityFile = join(dir, 'key')
  await writeFile(identityFile, key.private, { mode: 0o600 })
  const server = await startSshServer({ answer, users: { medic: key.public } })
  const inventory = inventoryOf({ port: server.port, user: 'medic', identityFile, hostKey: server.hostKey })
  return {
    server,
    inventory,
    identityFile,
    async close() {
      await server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** An inventory with the one host `web-1` on the loopback interface. */
export function inventoryOf(fields: Readonly<Record<string, unknown>>): Inventory {
  const hosts = { 'web-1': { address: '127.0.0.1', user: 'medic', ...fields } }
  return parseInventory(JSON.stringify({ hosts }, null, 1), 'test.yml')
}

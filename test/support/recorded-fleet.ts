import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { recordedHost } from '../../demo/hosts/recorded-host.ts'
import { newKeyPair, startSshServer } from '../../demo/hosts/ssh-server.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { makeKeys } from '../../src/signing/key-files.ts'

/** A host of the inventory that answers over SSH from a recording. */
export interface RecordedMember {
  readonly name: string
  /** Folder of the recording, from the folder of the tests. */
  readonly folder: string
  /** Of a recording of two machines: the one whose answers it gives. */
  readonly machine?: string
  /** Further keys of its inventory entry. */
  readonly entry?: Readonly<Record<string, unknown>>
}

export interface RecordedFleet {
  /** GATEMEDIC_CONFIG of each side. */
  readonly config: { readonly bot: string; readonly worker: string }
  readonly close: () => Promise<void>
}

const here = fileURLToPath(new URL('..', import.meta.url))

/** Serves the hosts, and writes inventory, configuration and keys for bot and worker into the folder. */
export async function serveFleet(
  members: readonly RecordedMember[],
  { folder, pace, settings = {} }: { readonly folder: string; readonly pace: number; readonly settings?: object },
): Promise<RecordedFleet> {
  const key = newKeyPair()
  const identityFile = join(folder, 'id_ed25519')
  writeFileSync(identityFile, `${key.private.trimEnd()}\n`)
  chmodSync(identityFile, 0o600)
  const served = await Promise.all(
    members.map(async ({ name, folder: recording, machine, entry = {} }) => {
      const snapshot = answersOf(await readSnapshot(join(here, recording)), machine)
      const { answer } = recordedHost({ host: name, before: snapshot, after: null }, { now: () => new Date(), pace })
      const server = await startSshServer({ answer, users: { medic: key.public } })
      const { port, hostKey } = server
      return { server, name, place: { address: '127.0.0.1', port, user: 'medic', hostKey, ...entry } }
    }),
  )
  await makeKeys(join(folder, 'keys'))
  const config = (role: 'bot' | 'worker'): string => {
    const own = join(folder, role)
    mkdirSync(own)
    const hosts = served.map(({ name, place }) => [name, { ...place, ...(role === 'worker' && { identityFile }) }])
    writeFileSync(join(own, 'hosts.yml'), stringify({ hosts: Object.fromEntries(hosts) }, { lineWidth: 0 }))
    const path = join(own, 'gatemedic.yml')
    writeFileSync(path, stringify({ keysDir: '../keys', ...settings }))
    return path
  }
  return {
    config: { bot: config('bot'), worker: config('worker') },
    close: async () => void (await Promise.all(served.map(({ server }) => server.close()))),
  }
}

/** What one machine of a recorded pair said, as if it had been asked alone. */
function answersOf(snapshot: Snapshot, machine = snapshot.host): Snapshot {
  const captures = snapshot.captures.filter(({ capture }) => capture.host === machine)
  return { ...snapshot, host: machine, captures }
}

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { cureOf } from '../../demo/hosts/cure.ts'
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
  /** Folder of what it answers after the action that its diagnosis offers; absent: it cannot be acted on. */
  readonly after?: string
  /** Where the fault lies: it answers from `after` when that host was acted on. */
  readonly curedWith?: string
  /** What may be acted on, by the worker's inventory. */
  readonly act?: { readonly units: readonly string[]; readonly nginx: boolean }
  /** Further keys of its inventory entry. */
  readonly entry?: Readonly<Record<string, unknown>>
}

export interface RecordedFleet {
  /** GATEMEDIC_CONFIG of each side. */
  readonly config: { readonly bot: string; readonly worker: string }
  /** Hosts on which the action was run. */
  readonly acted: () => readonly string[]
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
  const states = new Map<string, () => 'before' | 'after'>()
  const options = { now: () => new Date(), pace }
  const served = await Promise.all(
    members.map(async ({ name, folder: recording, machine, after, curedWith, act, entry = {} }) => {
      const whole = await readSnapshot(join(here, recording))
      const cured = after === undefined ? null : answersOf(await readSnapshot(join(here, after)), machine)
      // Of two machines one alone does not tell what would cure it.
      const cure = cureOf(whole)
      const own = recordedHost({ host: name, before: answersOf(whole, machine), after: cured, cure }, options)
      const later = cured === null ? own : recordedHost({ host: name, before: cured, after: null }, options)
      const isCured = (): boolean => curedWith !== undefined && states.get(curedWith)?.() === 'after'
      const answer: typeof own.answer = (...asked) => (isCured() ? later : own).answer(...asked)
      const { state } = own
      states.set(name, state)
      const server = await startSshServer({ answer, users: { medic: key.public } })
      const { port, hostKey } = server
      return { server, name, act, state, place: { address: '127.0.0.1', port, user: 'medic', hostKey, ...entry } }
    }),
  )
  await makeKeys(join(folder, 'keys'))
  const config = (role: 'bot' | 'worker'): string => {
    const own = join(folder, role)
    mkdirSync(own)
    const hosts = served.map(({ name, place, act }) => {
      const rights = act && { act: { user: 'medic', identityFile, ...act } }
      return [name, { ...place, ...(role === 'worker' && { identityFile, ...rights }) }]
    })
    writeFileSync(join(own, 'hosts.yml'), stringify({ hosts: Object.fromEntries(hosts) }, { lineWidth: 0 }))
    const path = join(own, 'gatemedic.yml')
    writeFileSync(path, stringify({ keysDir: '../keys', ...settings }))
    return path
  }
  return {
    config: { bot: config('bot'), worker: config('worker') },
    acted: () => served.flatMap(({ name, state }) => (state() === 'after' ? [name] : [])),
    close: async () => void (await Promise.all(served.map(({ server }) => server.close()))),
  }
}

/** What one machine of a recorded pair said, as if it had been asked alone. */
function answersOf(snapshot: Snapshot, machine = snapshot.host): Snapshot {
  const captures = snapshot.captures.filter(({ capture }) => capture.host === machine)
  return { ...snapshot, host: machine, captures }
}

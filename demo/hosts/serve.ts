import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordedHost } from './recorded-host.ts'
import { readRecording } from './recordings.ts'
import { newKeyPair, startSshServer } from './ssh-server.ts'

/** A recorded host that can be reached: what an inventory needs to know of it. */
export interface ServedHost {
  readonly name: string
  readonly port: number
  readonly hostKey: string
  readonly user: string
}

export interface ServedHosts {
  readonly hosts: readonly ServedHost[]
  /** Private key that logs in to all of them, mode 0600, in the folder given. */
  readonly identityFile: string
  readonly close: () => Promise<void>
}

export interface ServeOptions {
  /** Folder for the key. */
  readonly folder: string
  readonly pace: number
  readonly now?: () => Date
}

/** Serves recorded hosts by SSH on loopback, each with a port and a host key of its own. */
export async function serveRecordedHosts(
  wanted: readonly { readonly name: string; readonly user?: string }[],
  { folder, pace, now = () => new Date() }: ServeOptions,
): Promise<ServedHosts> {
  const key = newKeyPair()
  const identityFile = join(folder, 'id_ed25519')
  writeFileSync(identityFile, `${key.private.trimEnd()}\n`, { mode: 0o600 })
  chmodSync(identityFile, 0o600)

  const recordings = await Promise.all(
    wanted.map(async ({ name, user = 'root' }) => ({ user, recording: await readRecording(name) })),
  )
  const served = await Promise.all(
    recordings.map(async ({ user, recording }) => {
      const { answer } = recordedHost(recording, { now, pace })
      const server = await startSshServer({ answer, users: { [user]: key.public } })
      return { server, host: { name: recording.host, port: server.port, hostKey: server.hostKey, user } }
    }),
  )
  return {
    hosts: served.map(({ host }) => host),
    identityFile,
    close: async () => void (await Promise.all(served.map(({ server }) => server.close()))),
  }
}

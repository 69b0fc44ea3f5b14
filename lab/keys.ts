import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runOrThrow } from './command.ts'
import { withFileLock } from './file-lock.ts'
import { stateFolder } from './places.ts'

/**
 * Who may log in to a lab host. root: everything; medic: in adm and systemd-journal, the user a sudoers file is written for;
 * plain: no sudo, no group, what is left when an operator grants nothing.
 */
export const labUsers = ['root', 'medic', 'plain'] as const
export type LabUser = (typeof labUsers)[number]

export interface KeyPair {
  /** Path of the private key, mode 0600. */
  readonly identityFile: string
  /** One line: type and key, without comment. */
  readonly publicKey: string
}

/** The lab's key pair of each user: made once, in the state folder, the same for every host. */
export async function userKeys(): Promise<Readonly<Record<LabUser, KeyPair>>> {
  const folder = stateFolder('keys')
  const [root, medic, plain] = await withFileLock(join(folder, 'lock'), () =>
    Promise.all([
      keyPair(join(folder, 'root')),
      keyPair(join(folder, 'medic')),
      keyPair(join(folder, 'plain')),
    ] as const),
  )
  return { root, medic, plain }
}

/** Reads the Ed25519 key pair at `path` and `path.pub`, making it first when there is none. */
export async function keyPair(path: string): Promise<KeyPair> {
  if (!existsSync(path)) {
    await runOrThrow(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'gatemedic-lab', '-f', path])
  }
  const [type = '', key = ''] = readFileSync(`${path}.pub`, 'utf8').split(' ')
  return { identityFile: path, publicKey: `${type} ${key.trim()}` }
}

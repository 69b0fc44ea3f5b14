import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodeOf } from './exit-code.ts'
import { hostFolder, type HostRecord } from './host-record.ts'
import { userKeys, type LabUser } from './keys.ts'

/** The ssh command line for a host: its key pinned, nothing read from or written to the person's own ~/.ssh. */
export async function sshArguments(
  record: HostRecord,
  user: LabUser,
  command: readonly string[],
): Promise<readonly string[]> {
  const knownHosts = join(hostFolder(record.session, record.name), 'known_hosts')
  writeFileSync(knownHosts, `${record.address} ${record.hostKey}\n`)
  const { identityFile } = (await userKeys())[user]
  const options = [
    `UserKnownHostsFile=${knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'LogLevel=ERROR',
  ]
  return [
    '-F',
    'none',
    '-i',
    identityFile,
    ...options.flatMap((option) => ['-o', option]),
    `${user}@${record.address}`,
    ...command,
  ]
}

/** Opens a session on the person's terminal, or runs one command; resolves to its exit code. */
export async function ssh(record: HostRecord, user: LabUser, command: readonly string[]): Promise<number> {
  const child = spawn('ssh', await sshArguments(record, user, command), { stdio: 'inherit' })
  return (await exitCodeOf(child)) ?? 255
}

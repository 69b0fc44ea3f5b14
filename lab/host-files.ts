import { readFileSync } from 'node:fs'
import { labUsers, type KeyPair, type LabUser } from './keys.ts'

/** What makes one host of the shared image this host. */
export interface HostIdentity {
  readonly hostname: string
  /** Private and public host key, generated for this host alone. */
  readonly hostKey: KeyPair
  readonly users: Readonly<Record<LabUser, KeyPair>>
}

/**
 * The files that differ between hosts, as lines for the host's own systemd-tmpfiles (tmpfiles.d(5)), which reads them as the
 * credential `tmpfiles.extra` before sshd starts: nothing is mounted into the host and nothing of the lab shows in it.
 */
export function hostFiles({ hostname, hostKey, users }: HostIdentity): string {
  const hosts = [
    '127.0.0.1 localhost',
    `127.0.1.1 ${hostname}`,
    '::1 localhost ip6-localhost ip6-loopback',
    'ff02::1 ip6-allnodes',
    'ff02::2 ip6-allrouters',
    '',
  ].join('\n')
  return [
    'd /etc/ssh/authorized_keys.d 0755 root root -',
    file('/etc/hosts', '0644', hosts),
    file('/etc/ssh/ssh_host_ed25519_key', '0600', readFileSync(hostKey.identityFile, 'utf8')),
    file('/etc/ssh/ssh_host_ed25519_key.pub', '0644', `${hostKey.publicKey}\n`),
    ...labUsers.map((user) => file(`/etc/ssh/authorized_keys.d/${user}`, '0644', `${users[user].publicKey}\n`)),
    '',
  ].join('\n')
}

function file(path: string, mode: string, content: string): string {
  return `f+~ ${path} ${mode} root root - ${Buffer.from(content).toString('base64')}`
}

import { access, readFile } from 'node:fs/promises'
import ssh2 from 'ssh2'
import { describeKey, keyType } from './host-key.ts'
import type { InventoryHost } from './inventory.ts'
import { HostUnreachableError } from './unreachable.ts'

/** How the program proves who it is: one key file, or the agent. */
export type Identity =
  | {
      readonly kind: 'key'
      readonly privateKey: string
      /** "ssh-ed25519 SHA256:... of /etc/gatemedic/key", for messages. */
      readonly described: string
      /** The line for authorized_keys. */
      readonly publicLine: string
      /** An OpenSSH certificate lies beside the key; it cannot be used. */
      readonly certificate: string | null
    }
  | { readonly kind: 'agent'; readonly socket: string; readonly described: string }

/** Reads the key of a host's user. Throws HostUnreachableError (auth) for a key that is missing or that ssh2 cannot use. */
export async function identityOf(host: InventoryHost, agentSocket = process.env['SSH_AUTH_SOCK']): Promise<Identity> {
  if (host.identityFile !== undefined) return readIdentity(host.name, host.identityFile)
  if (agentSocket === undefined || agentSocket === '') {
    const text = host.agent
      ? 'agent: true is set, but no agent is running (SSH_AUTH_SOCK is not set)'
      : 'neither identityFile nor agent is set'
    throw refused(
      host.name,
      `no key to log in with: ${text}`,
      'Set identityFile in the inventory, or start ssh-agent and add the key.',
    )
  }
  await access(agentSocket).catch((error: unknown) => {
    const text = `no key to log in with: the agent's socket ${agentSocket} is not there`
    throw refused(host.name, text, 'Start ssh-agent and add the key, or set identityFile in the inventory.', error)
  })
  return { kind: 'agent', socket: agentSocket, described: `the keys of the agent at ${agentSocket}` }
}

async function readIdentity(host: string, path: string): Promise<Identity> {
  const privateKey = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`
    throw refused(
      host,
      `key file ${path}: ${why}`,
      'Correct identityFile in the inventory or the permissions of the file.',
      error,
    )
  })
  const trouble = unusableKey(privateKey, path)
  if (trouble) throw refused(host, `key file ${path} ${trouble.why}`, trouble.next)
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error) {
    throw refused(
      host,
      `key file ${path} is no private key that can be read: ${key.message}`,
      'Use a private key of OpenSSH, such as ssh-keygen -t ed25519 makes.',
      key,
    )
  }
  const blob = key.getPublicSSH()
  const certificate = `${path}-cert.pub`
  const hasCertificate = await access(certificate).then(
    () => true,
    () => false,
  )
  return {
    kind: 'key',
    privateKey,
    described: `${describeKey({ type: keyType(blob), blob })} of ${path}`,
    publicLine: `${keyType(blob)} ${blob.toString('base64')}`,
    certificate: hasCertificate ? certificate : null,
  }
}

interface Trouble {
  readonly why: string
  readonly next: string
}

/** What OpenSSH can do and ssh2 cannot, said before a connection fails with a riddle. */
function unusableKey(text: string, path: string): Trouble | null {
  const plainKey =
    'make a plain key for this program (ssh-keygen -t ed25519 -N "") and add it to authorized_keys with restrict'
  if (/-cert-v01@openssh\.com\s/.test(text)) {
    return {
      why: 'is an OpenSSH certificate, which is not supported',
      next: `Use the private key that belongs to it, or ${plainKey}.`,
    }
  }
  if (/^(ssh-|ecdsa-|sk-)\S+ AAAA/.test(text)) {
    return {
      why: 'is a public key',
      next: `Set identityFile to the private key${path.endsWith('.pub') ? `: ${path.slice(0, -4)}` : ''}.`,
    }
  }
  const body = Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  if (body.includes('sk-ssh-ed25519@openssh.com') || body.includes('sk-ecdsa-sha2-nistp256@openssh.com')) {
    return {
      why: 'belongs to a security key (FIDO, sk-), which is not supported: it would need a touch for each login',
      next: `Instead ${plainKey}.`,
    }
  }
  const parsed = ssh2.utils.parseKey(text)
  if (parsed instanceof Error && /encrypted|passphrase/i.test(parsed.message)) {
    return {
      why: 'is protected by a passphrase',
      next: 'Load it into ssh-agent and set agent: true for this host, or use a key without passphrase that only this program can read.',
    }
  }
  return null
}

function refused(host: string, message: string, next: string, cause?: unknown): HostUnreachableError {
  return new HostUnreachableError(host, 'auth', `${host}: ${message}`, next, cause)
}

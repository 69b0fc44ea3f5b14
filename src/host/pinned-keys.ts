import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describeKey, fingerprint, type HostKey, keyType, parseHostKey } from './host-key.ts'
import type { InventoryHost } from './inventory.ts'
import { knownKeys } from './known-hosts.ts'
import { HostKeyError, HostUnreachableError } from './unreachable.ts'

/** The keys that one host may show. */
export interface Pin {
  readonly keys: readonly HostKey[]
  readonly revoked: readonly HostKey[]
  readonly authority: boolean
  /** Where they are pinned, for the message: "hostKey of the inventory", "/etc/ssh/ssh_known_hosts". */
  readonly from: string
}

/** The pin of a host: its `hostKey`, else its entries in `knownHosts`, else those in ~/.ssh/known_hosts. Never none in silence. */
export async function pinOf(host: InventoryHost): Promise<Pin> {
  const inline = host.hostKey === undefined ? null : parseHostKey(host.hostKey)
  if (inline) return { keys: [inline], revoked: [], authority: false, from: 'hostKey of the inventory' }
  const path = host.knownHosts ?? join(homedir(), '.ssh', 'known_hosts')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // A default file that is not there pins nothing: the host is then refused as unknown, with the key it showed.
    if (host.knownHosts === undefined && error.code === 'ENOENT') return ''
    const next = `Make ${path} readable for this user, or pin the key with hostKey in the inventory.`
    throw new HostUnreachableError(host.name, 'host-key', `cannot read known hosts ${path}: ${error.code}`, next, error)
  })
  return { ...knownKeys(text, host.address, host.port), from: path }
}

/** Whether this is the pinned key; a revoked key is refused even where it is also listed as good. */
export function accepts(pin: Pin, blob: Buffer): boolean {
  return !pin.revoked.some((key) => key.blob.equals(blob)) && pin.keys.some((key) => key.blob.equals(blob))
}

/** Says why the key is refused and what to do about it. `seen` is null when the host has no key of the pinned type. */
export function refusal(host: InventoryHost, pin: Pin, seen: Buffer | null): HostKeyError {
  const expected = pin.keys.map(describeKey)
  const shown = seen === null ? null : `${keyType(seen)} ${fingerprint(seen)}`
  const compare = `compare it with \`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\` on ${host.name}'s console`
  if (shown !== null && seen !== null && pin.revoked.some((key) => key.blob.equals(seen))) {
    const text = `${host.name} shows ${shown}, a key that ${pin.from} lists as revoked: I do not connect`
    return new HostKeyError(
      host.name,
      text,
      'Give the host a new key, or find out who answers in its place.',
      shown,
      expected,
    )
  }
  if (expected.length > 0) {
    const what = shown === null ? 'no host key of the pinned type' : shown
    const text = `${host.name} shows ${what}, but ${expected.join(' or ')} is pinned (${pin.from}): I do not connect`
    const next = `If the host was reinstalled or got a new key, ${compare} and change the pin; otherwise somebody else answers in its place.`
    return new HostKeyError(host.name, text, next, shown, expected)
  }
  const text = `no host key is pinned for ${host.name} (${pin.from}); it shows ${shown ?? 'none that can be read'}`
  const authority = pin.authority ? ' (Its @cert-authority line is not used: host certificates are not supported.)' : ''
  return new HostKeyError(
    host.name,
    text,
    `To trust it, ${compare}, then set hostKey in the inventory.${authority}`,
    shown,
    [],
  )
}

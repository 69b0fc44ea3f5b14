import { createHash } from 'node:crypto'
import type { ServerHostKeyAlgorithm } from 'ssh2'

/** A public host key: its type ("ssh-ed25519") and the key as it travels (RFC 4253, 6.6). */
export interface HostKey {
  readonly type: string
  readonly blob: Buffer
}

/** "ssh-ed25519 AAAA... comment", as ssh-keyscan and the .pub files print it; null when it is no such line. */
export function parseHostKey(text: string): HostKey | null {
  const [type, base64] = text.trim().split(/\s+/)
  if (!type || !base64) return null
  const blob = Buffer.from(base64, 'base64')
  return keyType(blob) === type ? { type, blob } : null
}

/** The type that a key names in its first field, or "" when it is damaged. */
export function keyType(blob: Buffer): string {
  if (blob.length < 4) return ''
  const length = blob.readUInt32BE(0)
  return length <= 64 && blob.length >= 4 + length ? blob.toString('latin1', 4, 4 + length) : ''
}

/** As OpenSSH prints it: "SHA256:" and base64 without padding. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

export function describeKey(key: HostKey): string {
  return `${key.type} ${fingerprint(key.blob)}`
}

const byType: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
}

/**
 * Signature algorithms of these key types (RFC 8332 for RSA); none for types that ssh2 does not know. Asking for more than the pinned
 * types makes a pin of another type look like a changed key.
 */
export function hostKeyAlgorithms(keys: readonly HostKey[]): readonly ServerHostKeyAlgorithm[] {
  return [...new Set(keys.flatMap(({ type }) => byType[type] ?? []))]
}

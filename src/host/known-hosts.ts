import { createHmac } from 'node:crypto'
import { type HostKey, parseHostKey } from './host-key.ts'

/** What a known_hosts file says about one address. */
export interface KnownKeys {
  readonly keys: readonly HostKey[]
  readonly revoked: readonly HostKey[]
  /** A @cert-authority line names this address: host certificates are not supported by ssh2. */
  readonly authority: boolean
}

/**
 * Reads the known_hosts format of sshd(8): plain and hashed names, wildcards, negation, `[host]:port`, @revoked and @cert-authority.
 * A port other than 22 is looked up as `[host]:port` only, as OpenSSH does.
 */
export function knownKeys(text: string, address: string, port: number): KnownKeys {
  const name = port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`
  const keys: HostKey[] = []
  const revoked: HostKey[] = []
  let authority = false
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/)
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined
    const names = words.shift()
    if (!names || names.startsWith('#') || !namesHost(names, name)) continue
    if (marker === '@cert-authority') authority = true
    const key = parseHostKey(words.join(' '))
    if (!key) continue
    if (marker === '@revoked') revoked.push(key)
    else if (marker === undefined) keys.push(key)
  }
  return { keys, revoked, authority }
}

function namesHost(names: string, name: string): boolean {
  if (names.startsWith('|1|')) return hashedName(names, name)
  const patterns = names.toLowerCase().split(',')
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), name))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern, name))
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, keyed by the salt (OpenSSH, hostfile.c). */
function hashedName(names: string, name: string): boolean {
  const [, , salt, hash] = names.split('|')
  if (!salt || !hash) return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}

/** `*` and `?`, without a regular expression that a file could make slow. */
function matches(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0]
  while (n < name.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, n, p + 1]
    else if (pattern[p] === '?' || pattern[p] === name[n]) [p, n] = [p + 1, n + 1]
    else if (star >= 0) [p, mark, n] = [star + 1, mark + 1, mark + 1]
    else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

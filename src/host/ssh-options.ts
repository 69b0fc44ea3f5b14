import type { ConnectConfig } from 'ssh2'
import { hostKeyAlgorithms } from './host-key.ts'
import type { Identity } from './identity.ts'
import type { Pin } from './pinned-keys.ts'

/** curve25519 and nistp256 first; no group exchange: it blocks the event loop for more than a second per connection. */
const kex: NonNullable<NonNullable<ConnectConfig['algorithms']>['kex']> = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group14-sha256',
]

/** A connection that leaves two of these unanswered counts as lost, so a dead host is noticed after 12 s at the latest. */
const keepalive = { keepaliveInterval: 4000, keepaliveCountMax: 2 } as const

/** What ssh2 is told for one login, but for the socket and the check of the host key. */
export function sshOptions(username: string, identity: Identity, pin: Pin) {
  return {
    username,
    ...credentials(identity),
    algorithms: { kex, ...keyTypes(pin) },
    // The caller's signal is the clock: one budget for all hops.
    readyTimeout: 0,
    ...keepalive,
  }
}

/** Only publickey or agent is tried: the customary first try with no method at all costs a round trip. */
function credentials(
  identity: Identity,
): Pick<ConnectConfig, 'agent' | 'authHandler'> & { readonly privateKey?: string } {
  return identity.kind === 'agent'
    ? { agent: identity.socket, authHandler: ['agent'] }
    : { privateKey: identity.privateKey, authHandler: ['publickey'] }
}

function keyTypes(pin: Pin): {
  serverHostKey?: NonNullable<NonNullable<ConnectConfig['algorithms']>['serverHostKey']>
} {
  const types = hostKeyAlgorithms(pin.keys)
  return types.length === 0 ? {} : { serverHostKey: [...types] }
}

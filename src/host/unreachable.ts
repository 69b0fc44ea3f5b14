import type { UnreachableReason } from '../diagnosis/diagnosis.ts'

/** The host could not be asked: the diagnosis ends here, with what a person should do next. */
export class HostUnreachableError extends Error {
  /** Inventory name of the host that was asked for. */
  readonly host: string
  readonly reason: UnreachableReason
  /** What to do now, in one sentence. */
  readonly next: string

  constructor(host: string, reason: UnreachableReason, message: string, next: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'HostUnreachableError'
    this.host = host
    this.reason = reason
    this.next = next
  }
}

/** The key that the host showed is not the pinned one. Nothing was sent to it but the first packets of the handshake. */
export class HostKeyError extends HostUnreachableError {
  /** "ssh-ed25519 SHA256:...", or null when the host offers no key of the pinned type. */
  readonly seen: string | null
  /** The pinned keys in the same form; empty when none is pinned. */
  readonly expected: readonly string[]

  constructor(host: string, message: string, next: string, seen: string | null, expected: readonly string[]) {
    super(host, 'host-key', message, next)
    this.name = 'HostKeyError'
    this.seen = seen
    this.expected = expected
  }
}

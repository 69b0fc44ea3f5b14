import type { CauseId } from '../diagnosis/cause.ts'
import type { ErrorLine } from './error-line.ts'
import { linuxErrno } from './errno.ts'
import { upstreamAddress } from './upstream-address.ts'

/** "connect() failed (N)" by N, for TCP; what is met most often stands first. */
const TCP: ReadonlyMap<number, readonly CauseId[]> = new Map<number, readonly CauseId[]>([
  [
    111,
    [
      'backend-down',
      'backend-wrong-port',
      'listen-address-mismatch',
      'upstream-address-stale',
      'firewall-blocked',
      'port-exhaustion',
    ],
  ],
  [13, ['mac-denied']],
  [1, ['firewall-blocked', 'mac-denied']],
  [99, ['port-exhaustion', 'proxy-bind-invalid', 'proxy-loop']],
  [110, ['firewall-blocked', 'host-unreachable', 'upstream-address-stale', 'backend-saturated', 'conntrack-full']],
  [113, ['host-unreachable', 'firewall-blocked', 'upstream-address-stale']],
  [112, ['host-unreachable', 'upstream-address-stale']],
  [101, ['host-unreachable', 'upstream-address-stale', 'firewall-blocked']],
  [97, ['host-unreachable']],
  [104, ['backend-saturated', 'backend-crashed', 'firewall-blocked']],
  [11, ['backend-saturated', 'port-exhaustion']],
])

const UNIX: ReadonlyMap<number, readonly CauseId[]> = new Map<number, readonly CauseId[]>([
  [111, ['socket-stale', 'backend-down']],
  [2, ['socket-missing', 'backend-down', 'backend-wrong-port']],
  [20, ['socket-missing', 'backend-wrong-port']],
  [13, ['socket-permission', 'mac-denied']],
  [11, ['backend-saturated', 'backend-hung']],
])

/** Candidates for a connect() that failed, best first; empty when the number says nothing. */
export function connectCauses(line: ErrorLine): readonly CauseId[] {
  const errno = linuxErrno(line.errno)
  if (errno === null) return ['backend-down', 'firewall-blocked', 'host-unreachable']
  if (isUnix(line)) return UNIX.get(errno) ?? []
  // nginx tried an IPv6 loopback address: nobody configures that, `localhost` resolved to it, and most backends bind IPv4 only.
  if (errno === 111 && isLoopbackSix(line)) return ['listen-address-mismatch', 'backend-down', 'backend-wrong-port']
  return TCP.get(errno) ?? []
}

function isUnix(line: ErrorLine): boolean {
  return line.message.startsWith('connect() to unix:') || (line.upstream ?? '').includes('unix:')
}

function isLoopbackSix(line: ErrorLine): boolean {
  return line.upstream !== null && upstreamAddress(line.upstream)?.host === '::1'
}

/** Candidates for the peers of an upstream being all marked failed: the earlier line with a real address knows more. */
export function noLiveCauses(line: ErrorLine): readonly CauseId[] {
  const name = line.upstream === null ? null : (upstreamAddress(line.upstream)?.host ?? null)
  return name === 'localhost'
    ? ['no-live-upstreams', 'listen-address-mismatch', 'backend-down']
    : ['no-live-upstreams', 'backend-down', 'backend-slow', 'backend-crashed']
}

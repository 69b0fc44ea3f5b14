import type { CauseId } from '../diagnosis/cause.ts'
import type { ErrorLine } from './error-line.ts'
import { linuxErrno } from './errno.ts'
import { connectCauses } from './connect-causes.ts'

/** Candidates for "upstream timed out": the number is nginx's own constant, only the phase says which timer it was. */
export function timedOutCauses(line: ErrorLine): readonly CauseId[] {
  const phase = line.phase ?? ''
  if (phase.startsWith('connecting')) return connectCauses({ ...line, errno: 110 })
  if (phase.startsWith('SSL handshaking'))
    return ['backend-hung', 'backend-slow', 'firewall-blocked', 'protocol-mismatch']
  if (phase.startsWith('prox')) return ['timeout-too-low', 'backend-slow', 'backend-hung', 'client-gave-up']
  if (phase.startsWith('sending')) return ['backend-slow', 'backend-hung', 'backend-saturated']
  if (phase.startsWith('reading upstream')) return ['backend-slow', 'backend-hung', 'timeout-too-low']
  return ['backend-slow', 'timeout-too-low', 'backend-saturated', 'backend-hung', 'host-overloaded']
}

const DIED: readonly CauseId[] = ['backend-crashed', 'backend-killed-by-timeout', 'backend-oom-killed']

/** Candidates for a connection that the backend ended before its answer was whole. */
export function closedEarlyCauses(line: ErrorLine): readonly CauseId[] {
  const phase = line.phase ?? ''
  if (phase === 'resolving') return ['dns-failure']
  if (isClientSide(phase)) return []
  if (/upgraded|proxying connection/.test(phase))
    return ['backend-crashed', 'websocket-headers-missing', 'timeout-too-low']
  if (phase === 'reading upstream') return [...DIED, 'websocket-headers-missing', 'backend-dependency-down']
  // FastCGI, uwsgi and SCGI close after each answer unless told otherwise: an idle connection is rarely the reason there.
  if (/^(?:fastcgi|uwsgi|scgi):/.test(line.upstream ?? '') || line.message.includes('FastCGI'))
    return [...DIED, 'keepalive-race']
  if (line.message.startsWith('upstream prematurely closed')) {
    return ['keepalive-race', ...DIED, 'protocol-mismatch', 'websocket-headers-missing']
  }
  return [...DIED, 'keepalive-race', 'protocol-mismatch']
}

/** Candidates for recv(), readv(), send() or writev() that failed. */
export function transferCauses(line: ErrorLine): readonly CauseId[] {
  const errno = linuxErrno(line.errno)
  if (line.phase === 'resolving') return ['dns-failure']
  if (isClientSide(line.phase ?? '')) return []
  if (errno === 110) return ['host-unreachable', 'firewall-blocked', 'backend-hung', 'conntrack-full']
  if (errno === 113 || errno === 101 || errno === 111) return connectCauses(line)
  if (line.phase?.startsWith('connecting') === true) return connectCauses(line)
  return closedEarlyCauses(line)
}

function isClientSide(phase: string): boolean {
  return /client|^keepalive|^waiting for request|^SSL handshaking$|PROXY protocol|HTTP\/[23] connection/.test(phase)
}

/** Candidates for the TLS handshake; without "to upstream" it is a client's and no fault of this host. */
export function handshakeCauses(line: ErrorLine): readonly CauseId[] {
  if (line.phase === null ? line.upstream === null && line.client !== null : !line.phase.includes('to upstream'))
    return []
  const ssl = line.ssl ?? ''
  if (/wrong version number|packet length too long|http request|record layer failure|unknown protocol/.test(ssl)) {
    return ['protocol-mismatch', 'upstream-tls-protocol']
  }
  if (/certificate verify failed/.test(ssl)) return ['upstream-tls-verify']
  if (/unrecognized[ _]name|alert number 112|alert internal error|alert number 80/.test(ssl))
    return ['upstream-tls-sni', 'upstream-tls-protocol']
  if (
    /protocol version|unsupported protocol|no protocols available|alert number 70|no ciphers|dh key too small|no shared cipher|inappropriate fallback|legacy renegotiation/.test(
      ssl,
    )
  ) {
    return ['upstream-tls-protocol', 'protocol-mismatch']
  }
  if (/certificate required|bad certificate|alert number (?:42|46|48|116)/.test(ssl))
    return ['upstream-tls-verify', 'upstream-tls-sni']
  return ['upstream-tls-sni', 'upstream-tls-protocol', 'backend-crashed']
}

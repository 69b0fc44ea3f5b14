import { linuxErrno } from '../nginx/errno.ts'
import type { ErrorLine } from '../nginx/error-line.ts'
import { kindOf } from '../nginx/messages.ts'
import { hasConnected, type LiveAnswer } from '../probes/live-requests.ts'
import type { TroubleKind } from './trouble.ts'

/** Which trouble with an upstream an entry of the error log tells; null when it tells none (client noise, start-up, files) or may be forged. */
export function troubleKindOf(line: ErrorLine): TroubleKind | null {
  if (!line.headTrusted) return null
  const kind = kindOf(line)
  const errno = linuxErrno(line.errno)
  const unix = /^[a-z]*:?(?:\/\/)?unix:/.test(line.upstream ?? '') || line.message.startsWith('connect() to unix:')
  switch (kind) {
    case 'connect-failed':
    case 'connect-failed-at-once':
      return connectKind(errno, unix)
    case 'proxy-bind-failed':
      return errno === 99 || errno === 98 ? 'no-local-port' : null
    case 'timed-out':
      if (line.upstream === null) return null
      return line.phase === 'connecting to upstream' ? 'connect-timeout' : 'answer-timeout'
    case 'prematurely-closed':
      return 'closed'
    case 'no-live-upstreams':
      return 'no-live'
    case 'recv-failed':
    case 'send-failed':
      return line.upstream !== null && errno === 104 ? 'closed' : null
    case 'too-big-header':
      return line.upstream === null ? null : 'header-too-big'
    case 'no-valid-header':
    case 'frame-too-large':
    case 'fastcgi-version':
      return line.upstream === null ? null : 'invalid-answer'
    case 'invalid-header':
      // "upstream sent more data than specified" is a warning: that answer was passed on.
      return line.upstream === null || line.level === 'warn' ? null : 'invalid-answer'
    case 'grpc-refused':
      // Error 0 is how HTTP/2 ends a stream in peace (RFC 9113, section 7).
      return line.upstream === null || line.message.endsWith(' error 0') ? null : 'bad-answer'
    case 'ssl-verify':
      return line.upstream === null ? null : 'tls-rejected'
    case 'ssl-handshake':
      return line.phase?.includes('to upstream') ? 'tls-failed' : null
    case 'auth-request':
      return 'auth-refused'
    case 'primary-script-unknown':
      return 'error-answer'
    case 'fastcgi-stderr':
      return isScriptNoise(line.message) ? null : 'error-answer'
    default:
      return null
  }
}

/** PHP's warnings, notices and deprecations come with pages that are fine; only with an error beside them they tell of a failure. */
function isScriptNoise(message: string): boolean {
  return (
    /PHP (?:Warning|Notice|Deprecated|Strict Standards):/.test(message) &&
    !/PHP (?:Fatal|Parse|Core|Compile|Recoverable|Catchable)|Uncaught |rimary script/.test(message)
  )
}

function connectKind(errno: number | null, unix: boolean): TroubleKind | null {
  switch (errno) {
    case 111:
      return unix ? 'socket-refused' : 'refused'
    case 2:
      return 'socket-absent'
    case 13:
      return 'denied'
    case 99:
      return 'no-local-port'
    case 11:
      return 'queue-full'
    case 22: // a blackhole route (net/ipv4/fib_semantics.c, fib_props)
    case 97: // no IPv6 on this host
    case 101:
    case 112:
    case 113:
      return 'unreachable'
    case 110:
      return 'connect-timeout'
    case 104:
      return 'closed'
    default:
      return null
  }
}

/** nginx answered with its own gateway error: the request did not reach the backend or got no answer. */
export function isGatewayError(answer: LiveAnswer): boolean {
  if (answer.way !== 'nginx' || answer.passedOn === true) return false
  if (answer.status === 502 || answer.status === 504)
    return answer.nginxPage || !answer.server || /^(nginx|openresty|angie|freenginx|Tengine)/i.test(answer.server)
  return (answer.status === 500 || answer.status === 503) && answer.nginxPage
}

/** The site could be judged from this answer: something came back, or nginx itself did not answer. */
export function liveFailed(answer: LiveAnswer): boolean {
  return isGatewayError(answer) || (answer.way === 'nginx' && answer.status === null)
}

/** What a direct request says about the backend itself; null when it answered. */
export function directKind(answer: LiveAnswer): TroubleKind | null {
  if (answer.exitCode === 7) return connectFailure(answer.message)
  if (answer.exitCode === 28) return hasConnected(answer) ? 'answer-timeout' : 'connect-timeout'
  if (answer.exitCode === 52 || answer.exitCode === 56) return 'closed'
  return null
}

/** curl's words under LC_ALL=C: "connect to 127.0.0.1 port 8080 failed: Connection refused" (strerror of glibc). */
function connectFailure(message: string): TroubleKind {
  if (message.includes('Connection refused')) return 'refused'
  if (message.includes('Cannot assign requested address')) return 'no-local-port'
  if (message.includes('Permission denied')) return 'denied'
  return 'unreachable'
}

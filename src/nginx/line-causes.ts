import type { CauseId } from '../diagnosis/cause.ts'
import { closedEarlyCauses, handshakeCauses, timedOutCauses, transferCauses } from './answer-causes.ts'
import { connectCauses, noLiveCauses } from './connect-causes.ts'
import type { ErrorLine } from './error-line.ts'
import { bindCauses, certificateCauses, fileCauses, moduleCauses, resourceCauses } from './local-causes.ts'
import { kindOf, type MessageKind } from './messages.ts'

type Judge = readonly CauseId[] | ((line: ErrorLine) => readonly CauseId[])

/** What each kind of message can mean, best first. A line alone never proves a cause: most of these need a look at the host. */
const BY_KIND: Readonly<Record<MessageKind, Judge>> = {
  'connect-failed-at-once': connectCauses,
  'connect-failed': connectCauses,
  'proxy-bind-failed': (line) => (line.errno === 98 ? ['port-exhaustion'] : ['proxy-bind-invalid', 'mac-denied']),
  'socket-failed': ['host-unreachable'],
  'timed-out': timedOutCauses,
  'prematurely-closed': closedEarlyCauses,
  'no-live-upstreams': noLiveCauses,
  'recv-failed': transferCauses,
  'send-failed': transferCauses,
  'too-big-header': ['response-header-too-big'],
  'no-valid-header': ['protocol-mismatch', 'invalid-response'],
  // 4740180 is 0x485454, the letters "HTT" of an HTTP/1 answer read as a frame length.
  'frame-too-large': (line) =>
    line.message.includes('4740180') ? ['protocol-mismatch'] : ['protocol-mismatch', 'invalid-response'],
  'fastcgi-version': ['protocol-mismatch'],
  'grpc-refused': (line) =>
    line.message.endsWith('error 0') ? [] : ['backend-saturated', 'backend-crashed', 'keepalive-race'],
  'ssl-verify': ['upstream-tls-verify'],
  'ssl-handshake': handshakeCauses,
  'invalid-header': ['invalid-response', 'protocol-mismatch'],
  'host-not-found': ['dns-failure'],
  'resolve-failed': ['dns-failure'],
  'worker-connections': (line) =>
    line.message.startsWith('512 ') ? ['worker-connections'] : ['worker-connections', 'proxy-loop', 'fd-limit'],
  'descriptor-limit': ['fd-limit'],
  emfile: ['fd-limit'],
  'accept-failed': [],
  'bind-failed': bindCauses,
  'cert-load': certificateCauses,
  'module-load': moduleCauses,
  'worker-exited-signal': ['nginx-worker-crash'],
  'worker-exited': ['nginx-worker-crash', 'fd-limit'],
  'zone-locked': ['nginx-worker-crash'],
  limiting: ['rate-limited'],
  'body-too-large': ['client-body-too-large'],
  'client-closed': ['client-gave-up'],
  'client-fault': [],
  'rewrite-cycle': ['redirect-cycle'],
  'primary-script-unknown': ['script-not-found'],
  'script-denied': ['script-not-found', 'app-error'],
  'fastcgi-stderr': ['app-error', 'backend-dependency-down'],
  'auth-request': ['auth-request-failed'],
  forbidden: [],
  'open-failed': fileCauses,
  'file-io-failed': [],
  'signal-failed': ['nginx-down', 'pid-path-missing'],
  'user-unknown': ['config-invalid'],
  'out-of-memory': ['host-overloaded'],
  'fork-failed': ['host-overloaded'],
  'temporarily-disabled': ['no-live-upstreams'],
  'buffered-to-file': [],
  'directive-error': ['config-invalid'],
  'kernel-oom': ['backend-oom-killed', 'nginx-worker-crash', 'host-overloaded'],
  'conntrack-full': ['conntrack-full'],
  'pool-full': ['backend-saturated'],
  'worker-timeout': ['backend-killed-by-timeout'],
  lua: [],
  other: [],
}

/** The causes that fit this line alone, best first; empty when it is noise, or says nothing about a gateway fault. */
export function causesOf(line: ErrorLine): readonly CauseId[] {
  const kind = kindOf(line)
  // The path in the message is a client's and may hold a whole false ending, number included; so may the line feed in it.
  if (!line.headTrusted && (kind === 'open-failed' || !line.message.includes('"'))) return []
  // Descriptors, space and the disk win over what failed for want of them.
  const resource = kind === 'timed-out' || kind === 'fastcgi-stderr' ? null : resourceCauses(line)
  if (resource !== null) return resource
  const judge = BY_KIND[kind]
  return typeof judge === 'function' ? judge(line) : judge
}

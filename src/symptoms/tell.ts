import { inWords } from './time.ts'
import type { Trouble, TroubleKind } from './trouble.ts'

const words: Readonly<Record<TroubleKind, string>> = {
  refused: 'the connection is refused',
  'socket-refused': 'nothing accepts on the socket',
  'socket-absent': 'the socket does not exist',
  denied: 'the connection is not permitted',
  'no-local-port': 'no local address is free',
  unreachable: 'the address cannot be reached',
  'queue-full': 'the accept queue is full',
  'connect-timeout': 'the connection times out',
  'answer-timeout': 'the answer does not come in time',
  closed: 'the backend closes the connection before it has answered',
  'no-live': 'every peer is marked failed',
  'header-too-big': 'the response header does not fit into the buffer',
  'invalid-answer': 'nginx cannot read the answer',
  'tls-failed': 'the TLS handshake fails',
  'tls-rejected': "nginx refuses the backend's certificate",
  'auth-refused': 'the auth_request subrequest fails',
  'bad-answer': 'the answer is not usable',
  'gateway-error': 'nginx answers with its own error page',
  'error-answer': 'the application reports an error',
  'failing-answer': 'answered 5xx, and no error log says why',
}

/** "shop.example.com -> 127.0.0.1:8080: the connection is refused (42 times, last 3 s ago)". */
export function tellTrouble(trouble: Trouble): string {
  const where = [trouble.sites[0] ?? '', trouble.address ?? trouble.upstream ?? '']
    .filter((part) => part !== '')
    .join(' -> ')
  const often =
    trouble.count === 0 ? 'seen by a live request' : `${trouble.count} times, last ${inWords(trouble.lastAgo ?? 0)} ago`
  return `${where}: ${words[trouble.kind]} (${often})`
}

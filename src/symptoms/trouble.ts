import type { Endpoint } from '../nginx/config-endpoints.ts'
import type { AnswerCount } from '../probes/access-log.ts'
import type { LogGroup } from '../probes/error-log.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'

/** What nginx met at an upstream, told by errno, phase and message, never by the text of the error (nginx src/http/ngx_http_upstream.c). */
export type TroubleKind =
  | 'refused' // 111 on TCP
  | 'socket-refused' // 111 on a unix socket
  | 'socket-absent' // 2 on a unix socket
  | 'denied' // 13
  | 'no-local-port' // 99
  | 'unreachable' // 113, 101, 112
  | 'queue-full' // 11
  | 'connect-timeout' // timed out while connecting
  | 'answer-timeout' // timed out while sending, reading the header or the body
  | 'closed' // 104, prematurely closed
  | 'no-live' // no live upstreams
  | 'header-too-big' // larger than the buffer for it
  | 'invalid-answer' // a header, status line or frame that nginx cannot read
  | 'tls-failed' // the handshake with the backend ended without a connection
  | 'tls-rejected' // nginx refuses the backend's certificate
  | 'auth-refused' // the subrequest of auth_request got neither 2xx nor 401 nor 403
  | 'bad-answer' // any other answer that is not usable
  | 'gateway-error' // a live request got nginx's own 502 or 503, and no readable log says why
  | 'error-answer' // a script's own words in the error log
  | 'failing-answer' // 5xx in the access log or live, and no line of the error log says why

/**
 * now: a live check fails, or errors are younger than ten minutes and nothing that would have ended them was seen.
 * healed: the live check passes and what ended it is known. past: older than ten minutes, and live checks or served requests say it is over.
 * unsure: older, and nothing tells.
 */
export type Course = 'now' | 'healed' | 'past' | 'unsure'

/** Errors of one kind at one upstream address, from logs and live requests together. */
export interface Trouble {
  readonly kind: TroubleKind
  /** As nginx dials it: "127.0.0.1:8080", "[::1]:8080", "unix:/run/app.sock"; null when it is not known. */
  readonly address: string | null
  /** Where the configuration on disk names it; empty when it does not. */
  readonly endpoints: readonly Endpoint[]
  /** Why the address may be believed although a client can write into the log; name-before: a configured name resolves elsewhere now. */
  readonly believed: 'configuration' | 'name' | 'name-before' | 'socket' | 'configuration-changed' | 'live' | 'none'
  /** Name of the upstream block, if it goes through one. */
  readonly upstream: string | null
  readonly sites: readonly string[]
  readonly count: number
  readonly recent: number
  /** Seconds before the capture; null when only a live request shows it. */
  readonly firstAgo: number | null
  readonly lastAgo: number | null
  readonly groups: readonly LogGroup[]
  readonly live: readonly LiveAnswer[]
  readonly course: Course
  /** What ended it, or why it counts as going on. */
  readonly courseBecause: string
  /** Some requests still succeed. */
  readonly intermittent: boolean
  /** Share of requests since it began that failed, of the last ten minutes at most, 0..1; null when no access log tells. */
  readonly failingShare: number | null
  /** Of `failing-answer`: what the access logs count. */
  readonly answers?: readonly AnswerCount[]
}

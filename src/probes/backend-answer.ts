import { parsed, unusable } from '../diagnosis/fact.ts'
import { backendAnswerScript } from './backend-answer-script.ts'
import { defineProbe } from './probe.ts'

/** A header line of an answer: its name, and how many bytes it takes with its end. The value stays on the host. */
export interface HeaderLine {
  /** Bytes that no name may have are shown as \xNN. */
  readonly name: string
  readonly bytes: number
  /** What is wrong with the line itself: a NUL byte, no colon. */
  readonly flaw: 'nul' | 'no-colon' | null
}

export type Spoken = 'http' | 'tls' | 'http2' | 'fastcgi' | 'uwsgi' | 'ssh' | 'redis' | 'mysql' | 'smtp' | 'ajp'

export interface BackendAnswer {
  /** "127.0.0.1:8080" or "unix:/run/app.sock", as asked. */
  readonly address: string
  /** The protocols in which it gave an answer of that protocol's own form; empty when nothing that is known came back. */
  readonly speaks: readonly Spoken[]
  /** First line of the answer to a plain GET, bytes that are not printable as \xNN; null when nothing came. */
  readonly firstLine: string | null
  readonly path: string
  /** Bytes of the status line and all header lines; null when the header did not end within 64 kB, or there is none. */
  readonly headerBytes: number | null
  readonly headers: readonly HeaderLine[]
  /** First bytes in hexadecimal, by question; empty when nothing came back in a second. */
  readonly bytes: Readonly<Record<Question, string>>
}

const questions = ['get', 'tls', 'http2', 'fastcgi', 'uwsgi'] as const
type Question = (typeof questions)[number]

/**
 * What a listener says to the beginning of each protocol: a GET, a TLS hello, the preface of HTTP/2, a FastCGI record that asks for a
 * setting (FCGI_GET_VALUES runs nothing), a uwsgi ping. "$@" are `ADDRESS|HOST|PATH|VERSION`. One second for all of them together.
 *
 * Sample (Debian 12: gunicorn 20.1 on 8080, php-fpm 8.2 on 9000):
 *     @ask 0 127.0.0.1:8080|shop.example.com|/|1.0
 *     @bytes-get 0 485454502f312e3120323030204f4b0d0a536572
 *     @first 0 HTTP/1.1 200 OK
 *     @header 0 165 Server:19 Date:37 Connection:19 Content-Type:32 Content-Length:20
 *     @bytes-http2 0 485454502f312e3120353035
 *     @bytes-fastcgi 1 010a000000120600
 */
export const backendAnswer = defineProbe({
  id: 'backend-answer',
  command: 'first bytes of the backend to GET, TLS, HTTP/2, FastCGI and uwsgi',
  seconds: 5,
  waits: true,
  cap: 65_536,
  script: backendAnswerScript,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no curl that can open a plain connection on this host')
    if (capture.truncated) return unusable('the answers of the backend did not travel to their end')
    const asks = [...capture.stdout.matchAll(/^@ask (\d+) ([^|\n]+)\|[^|\n]*\|([^|\n]*)\|/gm)]
    const answers = asks.map((ask) => answerOf(ask[1] ?? '', ask[2] ?? '', ask[3] ?? '', capture.stdout))
    return parsed<{ readonly answers: readonly BackendAnswer[] }>({ answers })
  },
})

function answerOf(number: string, address: string, path: string, text: string): BackendAnswer {
  const line = (name: string): string | null => new RegExp(`^@${name} ${number} (.*)$`, 'm').exec(text)?.[1] ?? null
  const bytesOf = (question: Question): string => line(`bytes-${question}`) ?? ''
  const bytes = {
    get: bytesOf('get'),
    tls: bytesOf('tls'),
    http2: bytesOf('http2'),
    fastcgi: bytesOf('fastcgi'),
    uwsgi: bytesOf('uwsgi'),
  }
  const [size = '-', ...tokens] = (line('header') ?? '-').split(' ')
  return {
    address,
    path,
    bytes,
    speaks: spokenIn(bytes),
    firstLine: bytes.get === '' ? null : (line('first') ?? ''),
    headerBytes: /^\d+$/.test(size) ? Number(size) : null,
    headers: tokens.flatMap(readHeader),
  }
}

function readHeader(token: string): HeaderLine[] {
  const match = /^(.*):(\d+)(?::(nul|no-colon))?$/.exec(token)
  if (!match) return []
  const flaw = match[3] === 'nul' || match[3] === 'no-colon' ? match[3] : null
  return [{ name: match[1] ?? '', bytes: Number(match[2]), flaw }]
}

/**
 * A TLS record of type alert or handshake (RFC 8446, 5.1), "HTTP/", a SETTINGS frame (RFC 9113, 6.5), a FastCGI record that answers ours
 * (FCGI_GET_VALUES_RESULT or FCGI_UNKNOWN_TYPE), a uwsgi pong. A TLS listener may answer a plain GET in HTTP: nginx and Apache do.
 */
function spokenIn(bytes: BackendAnswer['bytes']): readonly Spoken[] {
  const tls = /^1[56]03/.test(bytes.tls)
  const found: readonly (readonly [Spoken, boolean])[] = [
    ['tls', tls],
    ['http', !tls && bytes.get.startsWith('485454502f')],
    ['http2', !tls && /^0000..04/.test(bytes.http2)],
    ['fastcgi', /^010[ab]/.test(bytes.fastcgi)],
    ['uwsgi', /^64....0[01]/.test(bytes.uwsgi)],
    // What these say to a GET: "SSH-2.0-" and "220 " before it, "-ERR" at it; MySQL's greeting has version 10 behind its length.
    ['ssh', bytes.get.startsWith('5353482d')],
    ['smtp', /^3232302[0d]/.test(bytes.get)],
    ['redis', bytes.get.startsWith('2d455252')],
    ['mysql', /^..0000000a/.test(bytes.get)],
  ]
  return found.filter(([, spoken]) => spoken).map(([name]) => name)
}

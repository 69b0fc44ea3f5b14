import { parsed, unusable } from '../diagnosis/fact.ts'
import { backendTlsScript } from './backend-tls-script.ts'
import { sections, type Section } from './lines.ts'
import { defineProbe } from './probe.ts'

/** One handshake with the backend. */
export interface Handshake {
  /** `cannot`: the openssl of this host does not know the version or cipher. */
  readonly outcome: 'ok' | 'failed' | 'cannot'
  /** "TLSv1.3"; null when there was no handshake. */
  readonly version: string | null
  readonly cipher: string | null
  /** X509 verify code against the CA that nginx trusts and the name that it checks: 0 is fine, 10 expired (x509_vfy.h); null when not told. */
  readonly verifyCode: number | null
  /** OpenSSL's or the system's words for what went wrong. */
  readonly message: string
  readonly certificate: PeerCertificate | null
}

export interface PeerCertificate {
  readonly subject: string
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
  /** DNS names and addresses it is made for. */
  readonly names: readonly string[]
}

export interface TlsTrials {
  readonly address: string
  /** Server name that nginx sends; empty for none. */
  readonly sni: string
  /** Name that nginx compares with the certificate; empty where it does not verify. */
  readonly check: string
  /** As nginx is allowed to: "TLSv1 TLSv1.1 TLSv1.2". */
  readonly protocols: string
  readonly ciphers: string
  readonly trustedFile: string
  /** The file of trusted CAs could not be read by our user: verify codes say nothing then. */
  readonly trustUnreadable: boolean
  /** nginx, any, ciphers, tls1, tls1_1, tls1_2, tls1_3, name:NAME. */
  readonly trials: ReadonlyMap<string, Handshake>
}

/**
 * Handshakes with the TLS listener behind an upstream, the way nginx would and in other ways, to see which difference matters. No
 * request is sent. "$@" as backend-tls-script.ts says.
 *
 * Sample (OpenSSL 3.0, a backend that wants a server name):
 *     @ask 0 127.0.0.1:8443|||TLSv1 TLSv1.1 TLSv1.2|DEFAULT||shop.example.com
 *     @try 0 nginx failed - - 0 error:0A000458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:...:SSL alert number 112
 *     @try 0 name:shop.example.com ok TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 18
 *     subject=CN = shop.example.com
 *     issuer=CN = shop.example.com
 *     notBefore=Nov 21 13:00:00 2026 GMT
 *     notAfter=Dec 21 13:00:00 2026 GMT
 *     X509v3 Subject Alternative Name:
 *     DNS:shop.example.com
 */
export const backendTls = defineProbe({
  id: 'backend-tls',
  command: 'openssl s_client -connect BACKEND, with and without -servername, by version',
  seconds: 7,
  waits: true,
  cap: 65_536,
  script: backendTlsScript,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no openssl on this host')
    if (capture.truncated) return unusable('the handshakes did not travel to their end')
    const parts = sections(capture.stdout, ['ask', 'try', 'ca-unreadable'])
    const backends = parts
      .filter((part) => part.name === 'ask')
      .map((part): TlsTrials => {
        const [number = '', ...rest] = part.rest.split(' ')
        const [address = '', sni = '', check = '', protocols = '', ciphers = '', trustedFile = ''] = rest
          .join(' ')
          .split('|')
        const own = parts.filter((each) => each.name === 'try' && each.rest.startsWith(`${number} `))
        return {
          address,
          sni,
          check,
          protocols,
          ciphers,
          trustedFile,
          trustUnreadable: parts.some((each) => each.name === 'ca-unreadable' && each.rest === number),
          trials: new Map(own.map((each) => [each.rest.split(' ')[1] ?? '', handshakeOf(each)])),
        }
      })
    return parsed<{ readonly backends: readonly TlsTrials[] }>({ backends })
  },
})

function handshakeOf(part: Section): Handshake {
  const [, , outcome = '', version = '-', cipher = '-', verify = '-', ...message] = part.rest.split(' ')
  return {
    outcome: outcome === 'ok' || outcome === 'cannot' ? outcome : 'failed',
    version: version === '-' ? null : version,
    cipher: cipher === '-' ? null : cipher,
    verifyCode: /^\d+$/.test(verify) ? Number(verify) : null,
    message: message.join(' '),
    certificate: certificateOf(part.body),
  }
}

function certificateOf(lines: readonly string[]): PeerCertificate | null {
  const value = (key: string): string =>
    lines
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .trim() ?? ''
  if (value('notAfter') === '') return null
  const names = lines.find((line) => /^(?:DNS|IP Address|email|URI):/.test(line)) ?? ''
  return {
    subject: value('subject'),
    issuer: value('issuer'),
    notBefore: value('notBefore'),
    notAfter: value('notAfter'),
    names: names.split(', ').flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []),
  }
}

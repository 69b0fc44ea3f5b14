import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'

export interface ServedCertificate {
  readonly endpoint: string
  readonly name: string
  /** End of validity, ms since the epoch; null when the handshake gave no certificate. */
  readonly notAfter: number | null
}

/**
 * When the certificates end that nginx really serves, by a handshake with each name. "$@" are `ADDRESS:PORT|NAME`.
 *
 * Sample (OpenSSL 3.0): @cert 127.0.0.1:443|shop.example.com notAfter=Jan  4 10:00:00 2027 GMT
 */
export const servedCertificates = defineProbe({
  id: 'served-certificates',
  command: 'openssl s_client -connect ADDRESS -servername NAME',
  seconds: 5,
  waits: true,
  cap: 16_384,
  script: `
command -v openssl >/dev/null 2>&1 || { echo 'no openssl on this host' >&2; exit 127; }
for ask in "$@"; do
  { end=$(timeout 3 openssl s_client -connect "\${ask%%|*}" -servername "\${ask#*|}" </dev/null 2>/dev/null | openssl x509 -noout -enddate 2>/dev/null)
    printf '@cert %s %s\\n' "$ask" "$end"; } &
done
wait`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no openssl on this host')
    if (capture.truncated) return unusable('the list of certificates was cut')
    const certificates = [...capture.stdout.matchAll(/^@cert (\S+)\|(\S+) (?:notAfter=(.*))?$/gm)].map(
      (match): ServedCertificate => {
        const end = Date.parse(match[3] ?? '')
        return { endpoint: match[1] ?? '', name: match[2] ?? '', notAfter: Number.isNaN(end) ? null : end }
      },
    )
    return parsed<{ readonly certificates: readonly ServedCertificate[] }>({ certificates })
  },
})

import { parsed, unusable } from '../diagnosis/fact.ts'
import { type Section, sections } from './lines.ts'
import { defineProbe } from './probe.ts'

/** A certificate as its own words name it. */
export interface ChainLink {
  readonly subject: string
  readonly issuer: string
  /** End of validity, ms since the epoch; null when it could not be read. */
  readonly notAfter: number | null
}

/** What kind of key the client asked for; `any`: what it would take, like a browser of today. */
export type Wanted = 'any' | 'rsa' | 'ecdsa'

export interface ServedCertificate {
  readonly endpoint: string
  readonly name: string
  readonly wanted: Wanted
  /** End of validity, ms since the epoch; null when the handshake gave no certificate. */
  readonly notAfter: number | null
  /** Its beginning; null when there was none, and in captures from before it was asked. */
  readonly notBefore: number | null
  /** "rsaEncryption", "id-ecPublicKey"; null in captures from before it was asked. */
  readonly algorithm: string | null
  /** The certificate itself and those sent along with it, in that order; empty in captures from before. */
  readonly chain: readonly ChainLink[]
  /** "Verify return code" with the certificates that this host trusts (openssl-verification-options(1)): 0 is good; null when it was not said. */
  readonly verified: number | null
}

/**
 * What nginx really serves, by a handshake with each name: until when it is valid, and what is sent along with it. "$@" are
 * `ADDRESS:PORT|NAME`, with `|rsa` or `|ecdsa` behind it where a server has several certificates and this kind is to be had.
 *
 * Sample (OpenSSL 3.0):
 *     @cert 127.0.0.1:443|shop.example.com notAfter=Jan  4 10:00:00 2027 GMT
 *     subject=CN = shop.example.com
 *     issuer=CN = Example Issuing
 *     notBefore=Oct  6 10:00:00 2026 GMT
 *     notAfter=Jan  4 10:00:00 2027 GMT
 *             Public Key Algorithm: id-ecPublicKey
 *     Verify return code: 20 (unable to get local issuer certificate)
 */
export const servedCertificates = defineProbe({
  id: 'served-certificates',
  command: 'openssl s_client -connect ADDRESS -servername NAME',
  seconds: 5,
  waits: true,
  cap: 65_536,
  script: `
command -v openssl >/dev/null 2>&1 || { echo 'no openssl on this host' >&2; exit 127; }
for ask in "$@"; do
  (
    to=\${ask%%|*}; name=\${ask#*|}; name=\${name%%|*}
    case $ask in
      *'|rsa') set -- -sigalgs RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512 ;;
      *'|ecdsa') set -- -sigalgs ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512 ;;
      *) set -- ;;
    esac
    seen=$(timeout 3 openssl s_client -connect "$to" -servername "$name" -showcerts "$@" </dev/null 2>/dev/null |
      awk '/-----BEGIN CERT/ { c = "openssl x509 -noout -subject -issuer -dates -text 2>/dev/null" }
        c { print | c } /-----END CERT/ { close(c); c = "" } /^ *Verify return code: / && !v++ { print }' |
      grep -E '^(subject|issuer|notBefore|notAfter) ?=|^ *Public Key Algorithm: |^ *Verify return code: ' | cut -c1-300)
    end=$(printf '%s\\n' "$seen" | sed -n '/^notAfter=/{p;q;}')
    printf '@cert %s %s\\n%s\\n' "$ask" "$end" "$seen"
  ) &
done
wait`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no openssl on this host')
    if (capture.truncated) return unusable('the list of certificates was cut')
    return parsed<{ readonly certificates: readonly ServedCertificate[] }>({
      certificates: sections(capture.stdout, ['cert']).flatMap(readServed),
    })
  },
})

function readServed({ rest, body }: Section): ServedCertificate[] {
  const match = /^([^|\s]+)\|([^|\s]+)(?:\|(rsa|ecdsa))?(?: (?:notAfter=(.*))?)?$/.exec(rest)
  if (!match) return []
  const [, endpoint = '', name = '', wanted, end] = match
  const said = (start: RegExp): string | null => {
    const line = body.find((each) => start.test(each))
    return line === undefined ? null : line.replace(start, '').trim()
  }
  return [
    {
      endpoint,
      name,
      wanted: wanted === 'rsa' || wanted === 'ecdsa' ? wanted : 'any',
      notAfter: timeOf(end),
      notBefore: timeOf(said(/^notBefore=/) ?? undefined),
      algorithm: said(/^ *Public Key Algorithm: /),
      chain: chainOf(body),
      verified: verifyCode(said(/^ *Verify return code: /)),
    },
  ]
}

/** Every certificate begins with its subject. */
function chainOf(body: readonly string[]): readonly ChainLink[] {
  const links: { subject: string; issuer: string; notAfter: number | null }[] = []
  for (const line of body) {
    const found = /^(subject|issuer|notAfter) ?=(.*)$/.exec(line)
    if (!found) continue
    const value = (found[2] ?? '').trim()
    if (found[1] === 'subject') links.push({ subject: value, issuer: '', notAfter: null })
    const last = links.at(-1)
    if (last && found[1] === 'issuer') last.issuer = value
    if (last && found[1] === 'notAfter') last.notAfter = timeOf(value)
  }
  return links
}

function verifyCode(text: string | null): number | null {
  const code = /^\d+/.exec(text ?? '')?.[0]
  return code === undefined ? null : Number(code)
}

function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : time
}

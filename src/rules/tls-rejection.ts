import type { PeerCertificate } from '../probes/backend-tls.ts'
import { namesOf } from './tls-trials.ts'

/** Why a certificate does not pass, by the code that nginx logs (X509_V_ERR_*, openssl/x509_vfy.h). */
export interface Rejection {
  readonly kind: 'expired' | 'not-yet' | 'name' | 'issuer' | 'depth' | 'revocation' | 'other'
  readonly words: string
  readonly detail: (certificate: PeerCertificate) => string
}

const ISSUER_CODES = [2, 18, 19, 20, 21, 24, 27]

/** About the list of revoked certificates (`proxy_ssl_crl`), not about the certificate. */
const REVOCATION: Readonly<Record<number, string>> = {
  3: 'the revocation list of its issuer is missing',
  11: 'the revocation list is not valid yet',
  12: 'the revocation list has ended',
  23: 'it was revoked',
}

/** Reads "upstream SSL certificate verify error: (10:certificate has expired)" and "... does not match "api.example.com"". */
export function rejectionOf(message: string): Rejection {
  const name = /does not match "([^"]{0,253})"/.exec(message)?.[1]
  if (name !== undefined || message.includes('does not match'))
    return {
      kind: 'name',
      words: `it is not for ${name ?? 'the name nginx expects'}`,
      detail: (certificate) => `it is for ${namesOf(certificate).slice(0, 4).join(', ')}`,
    }
  const code = Number(/\((\d{1,4}):/.exec(message)?.[1] ?? Number.NaN)
  if (code === 10) return { kind: 'expired', words: 'it has expired', detail: ({ notAfter }) => `it ended ${notAfter}` }
  if (code === 9)
    return { kind: 'not-yet', words: 'it is not valid yet', detail: ({ notBefore }) => `it begins ${notBefore}` }
  if (code === 22) return { kind: 'depth', words: 'its chain is longer than nginx follows', detail: issued }
  if (ISSUER_CODES.includes(code))
    return {
      kind: 'issuer',
      words: code === 18 ? 'it is self-signed and not trusted' : 'its issuer is not trusted',
      detail: issued,
    }
  const list = REVOCATION[code]
  if (list !== undefined) return { kind: 'revocation', words: list, detail: issued }
  return { kind: 'other', words: `verify code ${Number.isNaN(code) ? 'not told' : code}`, detail: issued }
}

function issued({ issuer }: PeerCertificate): string {
  return `issued by ${issuer}`
}

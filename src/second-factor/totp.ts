import { TOTP } from 'otpauth'

/** What every authenticator does unless told otherwise (RFC 6238, and Google's "Key Uri Format"): SHA1, six digits, 30 s. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Steps before and after this one that count: the clock of a telephone is half a minute off at times (RFC 6238, 5.2). */
const window = 1

/** The 30 s step (since 1970) that this is the code of, or null. Pure. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const totp = new TOTP({ ...settings, secret })
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / settings.period) + delta
}

/** For the authenticator: shown as a QR code by whoever enrolls, or typed. */
export function enrollmentUri(secret: string, label: string): string {
  return new TOTP({ ...settings, secret, issuer: 'Gatemedic', label }).toString()
}

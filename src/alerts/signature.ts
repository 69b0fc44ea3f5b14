import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the sender's clock may be off, and how long a request can be held back, seconds. */
export const windowSeconds = 300

export interface SignedRequest {
  /** x-gatemedic-timestamp: seconds since the epoch. */
  readonly timestamp: string | undefined
  /** x-gatemedic-signature: "v1=" and 64 hex digits. */
  readonly signature: string | undefined
  readonly body: Buffer
}

export type SignatureRefusal = 'unsigned' | 'too-old' | 'wrong-signature'

/** "v1=" + HMAC-SHA256 over `timestamp.body`, hex. */
export function sign(secret: string, timestamp: string, body: string | Buffer): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

/** Null when the request was signed with this secret within the window; the body is compared byte for byte, before it is read. */
export function signatureRefusal(secret: string, request: SignedRequest, now: Date): SignatureRefusal | null {
  const { timestamp, signature, body } = request
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) return 'too-old'
  const expected = Buffer.from(sign(secret, timestamp, body))
  const given = Buffer.from(signature)
  const same = expected.length === given.length && timingSafeEqual(expected, given)
  return same ? null : 'wrong-signature'
}

import { createHmac } from 'node:crypto'
import { sameText } from './same-text.ts'
import type { Checked, SignedBody } from './source.ts'

/** How far the sender's clock may be off, and how long a request can be held back, seconds. */
export const windowSeconds = 300

/** Seconds between our clock and a timestamp in seconds since the epoch. */
export function offBy(timestamp: string, now: Date): number {
  return Math.abs(now.getTime() / 1000 - Number(timestamp))
}

/** "v1=" + HMAC-SHA256 over `timestamp.body`, hex. */
export function sign(secret: string, timestamp: string, body: string | Buffer): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

/**
 * Our own signature, for `type: generic`: x-gatemedic-timestamp (seconds since the epoch) and x-gatemedic-signature. The body is
 * compared byte for byte, before it is read.
 */
export function checkGatemedicSignature({ headers, body }: SignedBody, secrets: readonly string[], now: Date): Checked {
  const timestamp = headers['x-gatemedic-timestamp']
  const signature = headers['x-gatemedic-signature']
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp))
    return { ok: false, why: 'unauthenticated', reason: 'x-gatemedic-timestamp and x-gatemedic-signature are needed' }
  if (offBy(timestamp, now) > windowSeconds)
    return { ok: false, why: 'too-old', reason: 'the timestamp is more than 5 minutes off' }
  if (!secrets.some((secret) => sameText(signature, sign(secret, timestamp, body))))
    return { ok: false, why: 'unauthenticated', reason: 'the signature does not fit the body' }
  // The signature covers the time: the same one twice is the same request sent again.
  return { ok: true, once: signature }
}

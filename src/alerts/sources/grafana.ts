import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { AlertsRead } from '../alert.ts'
import { sameText } from '../same-text.ts'
import { whyNot } from '../sender-text.ts'
import { offBy, windowSeconds } from '../signature.ts'
import type { AlertSender, Checked, SignedBody } from '../source.ts'
import { readAlerts } from './alertmanager.ts'

/**
 * Grafana Alerting, contact point "Webhook" (grafana.com/docs, "Configure webhook notifications"): the shape of Alertmanager
 * with `version: "1"` and `values`, `dashboardURL`, `silenceURL` in each alert. Since Grafana 12 it signs: hex HMAC-SHA256 of
 * `timestamp:body` where a timestamp header is configured, of the body alone where not (grafana/alerting, http/hmac.go).
 * The timestamp is asked for here, because without it a signature holds for ever.
 */
export const grafana: AlertSender = {
  auths: ['hmac', 'bearer', 'basic'],
  whenTooMany: 429,
  checkSignature,
  read: (body, source) => {
    const read = schema.safeParse(body)
    if (!read.success) return { ok: false, reason: whyNot(read.error) }
    return readGrafana(read.data, source)
  },
}

export const signatureHeader = 'x-grafana-alerting-signature'
export const timestampHeader = 'x-grafana-alerting-signature-timestamp'

const schema = z.object({ alerts: z.array(z.unknown()).min(1), truncatedAlerts: z.int().min(0).catch(0) })

function readGrafana({ alerts, truncatedAlerts }: z.infer<typeof schema>, source: string): AlertsRead {
  return readAlerts(alerts, source, truncatedAlerts)
}

function checkSignature({ headers, body }: SignedBody, secrets: readonly string[], now: Date): Checked {
  const signature = headers[signatureHeader]
  const timestamp = headers[timestampHeader]
  if (typeof signature !== 'string')
    return {
      ok: false,
      why: 'unauthenticated',
      reason: `${signatureHeader} is needed (HMAC Signature of the contact point)`,
    }
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp))
    return {
      ok: false,
      why: 'unauthenticated',
      reason: `${timestampHeader} is needed: name it under Timestamp Header of the contact point`,
    }
  if (offBy(timestamp, now) > windowSeconds)
    return { ok: false, why: 'too-old', reason: 'the timestamp is more than 5 minutes off' }
  const fits = secrets.some((secret) =>
    sameText(signature, createHmac('sha256', secret).update(`${timestamp}:`).update(body).digest('hex')),
  )
  if (!fits) return { ok: false, why: 'unauthenticated', reason: 'the signature does not fit the body' }
  return { ok: true, once: signature }
}

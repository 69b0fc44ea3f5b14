import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Alert, AlertsRead } from '../alert.ts'
import { sameText } from '../same-text.ts'
import { cut, id, instant, labelsFrom, whyNot } from '../sender-text.ts'
import type { AlertSender, Checked, SignedBody } from '../source.ts'

/**
 * PagerDuty, webhooks version 3 (developer.pagerduty.com/docs/webhooks-overview, /verifying-webhook-signatures,
 * /webhook-behavior). The signature covers the body and no time; several stand in the header while a secret is exchanged. A
 * delivery is repeated with the same event id, five times within twenty minutes, after 5xx, 429 or silence. Three that got
 * another 4xx switch the subscription off for a day: what is merely none of our business is answered with 202.
 */
export const pagerduty: AlertSender = {
  auths: ['hmac'],
  whenTooMany: 429,
  checkSignature,
  read,
}

const statuses: Readonly<Record<string, Alert['status']>> = {
  'incident.triggered': 'firing',
  'incident.reopened': 'firing',
  'incident.resolved': 'resolved',
}

const named = z
  .object({ summary: cut(1024) })
  .nullish()
  .catch(null)

const schema = z.object({
  event: z.object({ id, event_type: z.string().max(100), occurred_at: instant, data: z.unknown() }),
})

const incident = z.object({
  id,
  title: cut(1024),
  incident_key: cut(1024).nullish().catch(null),
  urgency: cut(40).nullish().catch(null),
  service: named,
  priority: named,
})

function read(body: unknown, source: string): AlertsRead {
  const event = schema.safeParse(body)
  if (!event.success) return { ok: false, reason: whyNot(event.error) }
  const { id: delivery, event_type, occurred_at, data } = event.data.event
  const sent = { id: delivery, at: occurred_at }
  const status = Object.hasOwn(statuses, event_type) ? statuses[event_type] : undefined
  // Notes, escalations, pings: nothing to look at.
  if (status === undefined) return { ok: true, alerts: [], left: 0, sent }
  const about = incident.safeParse(data)
  if (!about.success) return { ok: false, reason: `event.data.${whyNot(about.error)}` }
  return { ok: true, alerts: [alertOf(about.data, status, occurred_at, source)], left: 0, sent }
}

/** An incident that is opened again keeps id and created_at: its events are told apart by their own time, by which an old one that comes late is known too. */
function alertOf(data: z.infer<typeof incident>, status: Alert['status'], at: string, source: string): Alert {
  const { service, priority, urgency, title, incident_key } = data
  const labels = labelsFrom([
    ['title', title],
    ['service', service?.summary],
    ['incident_key', incident_key],
    ['urgency', urgency],
    ['priority', priority?.summary],
  ])
  const severity = (priority?.summary ?? urgency ?? 'unknown').slice(0, 40)
  return { source, id: data.id, title: title.slice(0, 200), severity, status, labels, startsAt: at }
}

function checkSignature({ headers, body }: SignedBody, secrets: readonly string[]): Checked {
  const header = headers['x-pagerduty-signature']
  if (typeof header !== 'string')
    return { ok: false, why: 'unauthenticated', reason: 'x-pagerduty-signature is needed' }
  const given = header
    .slice(0, 2000)
    .split(',')
    .map((each) => each.trim())
    .slice(0, 10)
  const expected = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const fits = expected.some((each) => given.some((one) => sameText(one, each)))
  if (!fits) return { ok: false, why: 'unauthenticated', reason: 'none of the signatures fits the body' }
  return { ok: true, once: null }
}

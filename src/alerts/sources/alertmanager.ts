import { z } from 'zod'
import type { Alert, AlertsRead } from '../alert.ts'
import { id, instant, labels, mostAlerts, whyNot } from '../sender-text.ts'
import type { AlertSender } from '../source.ts'

/**
 * Prometheus Alertmanager, webhook version 4 (prometheus.io/docs/alerting/latest/configuration, "webhook_config"; recorded
 * bodies in test/alerts/alertmanager). It cannot sign; what is silenced or inhibited is not sent at all. A group is sent
 * again whenever one of its alerts changes, with those that have not.
 */
export const alertmanager: AlertSender = {
  auths: ['bearer', 'basic'],
  // notify/webhook tries again after 5xx only.
  whenTooMany: 503,
  read: (body, source) => readGroup(body, source),
}

const schema = z.object({
  version: z.literal('4', 'must be 4, the version of Alertmanager since 0.5'),
  alerts: z.array(z.unknown()).min(1),
  truncatedAlerts: z.int().min(0).catch(0),
})

const one = z.object({
  status: z.enum(['firing', 'resolved', 'suppressed']),
  labels,
  annotations: labels,
  startsAt: instant,
  fingerprint: id,
})

/** Also what Grafana sends, which has the same shape. */
export function readAlerts(list: readonly unknown[], source: string, also = 0): AlertsRead {
  const alerts: Alert[] = []
  for (const [index, each] of list.slice(0, mostAlerts).entries()) {
    const read = one.safeParse(each)
    if (!read.success) return { ok: false, reason: `alerts.${index}.${whyNot(read.error)}` }
    const { fingerprint, annotations, ...rest } = read.data
    const title = annotations['summary'] ?? rest.labels['alertname'] ?? 'alert without a name'
    const severity = rest.labels['severity'] ?? 'unknown'
    alerts.push({ source, id: fingerprint, title: title.slice(0, 200), severity: severity.slice(0, 40), ...rest })
  }
  return { ok: true, alerts, left: list.length - alerts.length + also }
}

function readGroup(body: unknown, source: string): AlertsRead {
  const read = schema.safeParse(body)
  if (!read.success) return { ok: false, reason: whyNot(read.error) }
  return readAlerts(read.data.alerts, source, read.data.truncatedAlerts)
}

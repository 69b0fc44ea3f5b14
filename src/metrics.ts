import { collectDefaultMetrics, Counter, Registry } from 'prom-client'

/** Why a request with alerts was refused; the values are those of the metric. */
export const refusalReasons = [
  'unknown-source',
  'method',
  'content-type',
  'encoding',
  'unauthenticated',
  'too-old',
  'too-large',
  'busy',
  'rate',
  'replayed',
  'malformed',
  'not-ours',
  'unreachable',
  'broken-off',
  'fault',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** What is counted. Values of labels come from closed sets and from names in the configuration, never from an alert. */
export interface Metrics {
  /** An alert of an accepted request. */
  readonly alertReceived: (source: string, status: 'firing' | 'resolved' | 'suppressed') => void
  readonly alertMapped: (source: string, outcome: 'mapped' | 'unmapped' | 'ambiguous') => void
  /** A whole request; the source is "unknown" where nobody knows it. */
  readonly alertRefused: (source: string, reason: RefusalReason) => void
  /** So many hosts, one when not said. */
  readonly diagnosisAsked: (by: 'user' | 'alert', outcome: 'queued' | 'joined', hosts?: number) => void
  readonly slackCalled: (method: string, outcome: 'ok' | 'rate-limited' | 'failed') => void
  /** In the text format of Prometheus, with its content type. */
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>
}

/** `ofProcess`: memory, CPU and event loop of this process as well (prom-client's default metrics). */
export function createMetrics({ ofProcess }: { readonly ofProcess: boolean }): Metrics {
  const registry = new Registry()
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `gatemedic_${name}`, help, labelNames: [...labelNames], registers: [registry] })

  const received = counter('alerts_received_total', 'Alerts in accepted requests', ['source', 'status'])
  const mapped = counter('alerts_mapped_total', 'Alerts by whether hosts were found', ['source', 'outcome'])
  const refused = counter('alert_requests_refused_total', 'Requests refused by the intake', ['source', 'reason'])
  const asked = counter('diagnoses_asked_total', 'Diagnoses asked for', ['by', 'outcome'])
  const called = counter('slack_calls_total', 'Calls of the Slack Web API', ['method', 'outcome'])
  return {
    alertReceived: (source, status) => received.inc({ source, status }),
    alertMapped: (source, outcome) => mapped.inc({ source, outcome }),
    alertRefused: (source, reason) => refused.inc({ source, reason }),
    diagnosisAsked: (by, outcome, hosts = 1) => asked.inc({ by, outcome }, hosts),
    slackCalled: (method, outcome) => called.inc({ method, outcome }),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}

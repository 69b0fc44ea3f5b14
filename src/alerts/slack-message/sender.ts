import type { SlackMessage } from './slack-message.ts'

/** Which integration wrote a message, by its form; the names are those of the types of alert sources. */
export type Sender = 'alertmanager' | 'grafana' | 'datadog' | 'unknown'

/** As people read it in a note above the diagnosis. */
export const senderWords: Readonly<Record<Sender, string>> = {
  alertmanager: 'Alertmanager in Slack',
  grafana: 'Grafana in Slack',
  datadog: 'Datadog in Slack',
  unknown: 'Slack',
}

/**
 * Grafana signs with a footer "Grafana v11.2.0" (grafana/alerting, receivers/slack). Datadog begins a title with the
 * transition ("Triggered: ..." or "[Triggered on {host:web-1}] ...", docs.datadoghq.com). Alertmanager's subject is
 * "[FIRING:1] ..." (prometheus/alertmanager, template/default.tmpl), which Grafana's is too.
 */
export function senderOf({ title, footers, senderName }: SlackMessage): Sender {
  if (footers.some((footer) => /^Grafana v\d/.test(footer)) || /^grafana\b/i.test(senderName)) return 'grafana'
  if (/^datadog\b/i.test(senderName) || transition.test(title)) return 'datadog'
  if (/^\[(?:FIRING:\d|RESOLVED\])/.test(title) || /^alert ?manager\b/i.test(senderName)) return 'alertmanager'
  return 'unknown'
}

const transition = /^\[?(?:P\d\] \[)?(?:Re-)?(?:Triggered|Warn|No data|Recovered)\b[^\]:]{0,10}(?:\]|:| on \{)/i

/** [RESOLVED] and [FIRING:2, RESOLVED:1], "Recovered:" and "[Recovered on {...}]"; others say it as the first word. */
export function isResolved({ title }: SlackMessage): boolean {
  if (/\[FIRING:\d/i.test(title)) return false
  return /^\W{0,8}(?:P\d\]? ?\[?)?(?:re)?(?:resolved|recovered|ok)\b/i.test(title)
}

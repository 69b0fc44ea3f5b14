/**
 * A title without what the sender says of its state: "[FIRING:1] Down" (Alertmanager, Grafana), "[Triggered on {host:web-1}]
 * Down" and "Triggered: [P1] [Triggered] Down" (Datadog, docs.datadoghq.com/monitors/notify) are "Down". The state is shown by us, and changes.
 */
export function withoutState(title: string): string {
  return title.replace(/^(?:(?:Re-)?(?:Triggered|Warn|No data|Recovered): )?(?:\[P\d\] )?(?:\[[^\]]{1,200}\] ?)?/i, '')
}

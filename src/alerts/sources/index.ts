import type { AlertSender } from '../source.ts'
import type { SourceType } from '../sources-config.ts'
import { alertmanager } from './alertmanager.ts'
import { datadog } from './datadog.ts'
import { generic } from './generic.ts'
import { grafana } from './grafana.ts'
import { pagerduty } from './pagerduty.ts'

/** Every kind of sender, by its `type` in gatemedic.yml. */
export const senders: Readonly<Record<SourceType, AlertSender>> = { alertmanager, grafana, datadog, pagerduty, generic }

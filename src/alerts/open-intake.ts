import type { InventoryView } from '../../commands/inventory-view.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { RedisClient } from '../redis.ts'
import { createWithStart } from './began.ts'
import { createDeliveries } from './deliveries.ts'
import { type AlertIntakeSettings, startAlertIntake } from './intake.ts'
import type { TakeAlerts } from './take-alerts.ts'
import { keepUnmapped } from './unmapped.ts'

export interface OpenIntakeParts {
  readonly client: RedisClient
  readonly inventory: () => InventoryView
  readonly take: TakeAlerts
  readonly metrics: Metrics
  readonly now: () => Date
  readonly log: Logger
}

/** The intake with what it remembers in Redis. Rejects with PortTakenError. */
export async function openIntake(
  settings: AlertIntakeSettings,
  { client, ...parts }: OpenIntakeParts,
): ReturnType<typeof startAlertIntake> {
  const intake = await startAlertIntake(settings, {
    ...parts,
    deliveries: createDeliveries(client),
    withStart: createWithStart(client),
    keepUnmapped: (alerts) => keepUnmapped(client, alerts, parts.now()),
  })
  const addresses = settings.sources.map(({ name, auth }) => `/alerts/${name} (${auth})`)
  // Whoever connects a sender reads here what to give it.
  parts.log.info({ listenOn: settings.listenOn, port: intake.port, addresses }, 'alert intake is open')
  return intake
}

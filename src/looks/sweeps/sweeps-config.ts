import { z } from 'zod'
import { channelId } from '../../slack-id.ts'
import { cronOf } from './at.ts'

/** One entry of `sweeps` in gatemedic.yml: which group is looked at when, and where the message goes. */
export const sweepEntry = z
  .strictObject({
    group: z.string().min(1).max(100),
    at: z
      .string()
      .max(100)
      .refine((at) => cronOf(at) !== null, 'must be such as "Mon 08:00", "08:00" or a cron pattern of five fields'),
    timezone: z
      .string()
      .max(60)
      .refine(isZone, 'must be the name of a time zone, such as Europe/Berlin')
      .default('UTC'),
    channel: channelId,
  })
  .readonly()

export type SweepEntry = z.infer<typeof sweepEntry>
export const sweepsSchema = z.array(sweepEntry).max(50).readonly()

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

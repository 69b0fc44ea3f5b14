import { z } from 'zod'
import { channelId } from '../slack-id.ts'
import { mapRuleSchema } from './map-rule.ts'
import { usualMostHosts } from './slack-message/read-alert-message.ts'

const botOrApp = z
  .string()
  .regex(/^[AB][A-Z0-9]{2,20}$/, 'must be the id of a bot or an app, such as B0123ABCD or A0123ABCD, not a name')

/** One entry of `alerts.slack`: in this channel the messages of these bots are alerts. */
export const slackAlertEntry = z
  .strictObject({
    channel: channelId,
    /** Nobody else starts anything by a message. */
    bots: z.array(botOrApp).min(1).max(50).readonly(),
    /** A message that names more hosts is a list and starts nothing. */
    mostHosts: z.int().min(1).max(50).default(usualMostHosts),
    /** How labels in a message name hosts, before all that is found without. */
    map: z.array(mapRuleSchema).max(50).readonly().default([]),
  })
  .readonly()

export type SlackAlertEntry = z.infer<typeof slackAlertEntry>
export const slackAlertsSchema = z.array(slackAlertEntry).max(200).readonly()
